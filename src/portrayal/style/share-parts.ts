/** Shorter parts do not deserve a name. */
const MIN_LENGTH = 60

interface Node {
  /** The expression with ids in place of its parts: equal parts have equal keys. */
  parts: readonly (Node | string)[]
  length: number
  uses: number
  isShareable: boolean
  /** Names that `let` must have bound around it. */
  free: ReadonlySet<string>
  id: number
}

/**
 * Names the tests that occur more than once within an expression by `let`, which makes the rules of restricted areas a fifth as long.
 * The meaning stays the same.
 */
export function shareParts(expression: unknown): unknown {
  if (!Array.isArray(expression) || expression.length < 3) return expression
  // Two equal parts cannot fit into a shorter expression.
  if (JSON.stringify(expression).length < 2 * MIN_LENGTH) return expression
  const known = new Map<string, Node>()
  const root = intern(expression, known)
  const shared = [...known.values()].filter(({ uses, length, isShareable }) => uses > 1 && isShareable && length >= MIN_LENGTH)
  if (shared.length === 0) return expression
  const names = new Map<Node, string>(shared.map((node) => [node, `p${node.id}`]))
  // Parts come before what they are part of, so each definition may name the earlier ones, which lie further out.
  return shared
    .toReversed()
    .reduce<unknown>((body, node) => ['let', names.get(node), write(node, names, true), body], write(root, names, true))
}

function intern(value: unknown, known: Map<string, Node>): Node {
  const parts = Array.isArray(value)
    ? value.map((part) => (Array.isArray(part) ? intern(part, known) : JSON.stringify(part)))
    : []
  const key = parts.map((part) => (typeof part === 'string' ? part : `#${part.id}`)).join()
  const same = known.get(key)
  if (same !== undefined) {
    same.uses++
    return same
  }
  const node: Node = {
    parts,
    length: parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : part.length) + 1, 1),
    uses: 1,
    isShareable: false,
    free: freeNames(parts),
    id: known.size,
  }
  node.isShareable = node.free.size === 0 && isTest(parts)
  known.set(key, node)
  return node
}

const TESTS = new Set(['"all"', '"any"', '"!"', '"=="', '"!="', '"<"', '"<="', '">"', '">="', '"in"'])

/** Whether an expression is known to be a boolean: the type of others depends on what their context expects. */
function isTest(parts: Node['parts']): boolean {
  const [head] = parts
  const last = parts.at(-1)
  if (typeof head !== 'string') return false
  if (TESTS.has(head)) return true
  if (head === '"let"') return typeof last === 'object' && isTest(last.parts)
  return head === '"match"' && (last === 'true' || last === 'false')
}

function freeNames(parts: Node['parts']): ReadonlySet<string> {
  const [head, name] = parts
  if (head === '"var"' && typeof name === 'string') return new Set([name])
  const free = new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : [...part.free])))
  if (head === '"let"') for (let i = 1; i < parts.length - 1; i += 2) free.delete(String(parts[i]))
  return free
}

function write(node: Node, names: ReadonlyMap<Node, string>, isRoot: boolean): unknown {
  const name = isRoot ? undefined : names.get(node)
  if (name !== undefined) return ['var', name]
  return node.parts.map((part) => (typeof part === 'string' ? JSON.parse(part) : write(part, names, false)))
}
