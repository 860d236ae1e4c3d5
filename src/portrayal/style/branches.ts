import { type Expression, expr } from '#portrayal/text/expression.ts'

/** A value, and when it applies. */
export interface Branch {
  test: Expression
  value: unknown
}

/** Branches with one value, of which any test suffices. */
interface Group {
  tests: Expression[]
  value: unknown
}

/** A comparison of an expression with texts. */
interface Equality {
  of: unknown
  /** `of` as text, to compare. */
  key: string
  labels: string[]
}

/**
 * The value of the first branch whose test holds, as a short expression, or as a constant when the tests do not matter. Leaves out tests
 * that an earlier or a wider one decides, and writes runs of comparisons with one attribute as `match`.
 */
export function firstOf(branches: readonly Branch[], fallback: unknown): unknown {
  const groups = groupsOf(reachable(branches))
  while (groups.length > 0 && isSame(groups.at(-1)?.value, fallback)) groups.pop()
  return write(groups, fallback)
}

/** The conditions of a test, all of which must hold, as text. */
function conditionsOf(test: Expression): ReadonlySet<string> {
  const known = conditions.get(test)
  if (known !== undefined) return known
  const parts = test[0] === 'all' ? test.slice(1) : [test]
  const found = new Set(parts.map((each) => JSON.stringify(each)))
  conditions.set(test, found)
  return found
}
/** Cached, because every layer of a class asks for the same tests. */
const conditions = new WeakMap<Expression, ReadonlySet<string>>()

/** Whether everything that passes `test` also passes `wider`, as far as their conditions show. */
function implies(test: Expression, wider: Expression): boolean {
  return conditionsOf(wider).isSubsetOf(conditionsOf(test))
}

/** Leaves out the branches that an earlier one always pre-empts. */
function reachable(branches: readonly Branch[]): Branch[] {
  const kept: Branch[] = []
  for (const branch of branches) {
    if (!kept.some(({ test }) => implies(branch.test, test))) kept.push(branch)
  }
  return kept
}

/** Joins neighbours with the same value, without the tests that a wider one of the same group includes. */
function groupsOf(branches: readonly Branch[]): Group[] {
  const groups: Group[] = []
  for (const { test, value } of branches) {
    const last = groups.at(-1)
    if (last === undefined || !isSame(last.value, value)) groups.push({ tests: [test], value })
    else last.tests = [...last.tests.filter((each) => !implies(each, test)), test]
  }
  return groups
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

/** Writes groups from the last to the first: each run is wrapped around what comes after it. */
function write(groups: readonly Group[], fallback: unknown): unknown {
  let rest = fallback
  for (let end = groups.length; end > 0; ) {
    const run = runBefore(groups, end)
    rest = run.write(rest)
    end -= run.length
  }
  return rest
}

interface Run {
  length: number
  write(rest: unknown): unknown
}

/** The longest run of groups that ends before `end` and becomes one expression. */
function runBefore(groups: readonly Group[], end: number): Run {
  return matchRun(groups, end) ?? guardedRun(groups, end) ?? caseRun(groups, end)
}

const caseRun = (groups: readonly Group[], end: number): Run => {
  const { tests, value } = groups[end - 1] as Group
  return { length: 1, write: (rest) => choice(anyOf(tests), value, rest) }
}

/** Groups that compare one expression: `match`. */
function matchRun(groups: readonly Group[], end: number): Run | null {
  const found: { equality: Equality; value: unknown }[] = []
  for (let at = end - 1; at >= 0; at--) {
    const { tests, value } = groups[at] as Group
    const equality = joined(tests.map(equalityOf))
    if (equality === null || (found[0] !== undefined && found[0].equality.key !== equality.key)) break
    found.unshift({ equality, value })
  }
  const [first] = found
  if (first === undefined || found.length < 2) return null
  return { length: found.length, write: (rest) => expr('match', first.equality.of, ...labelled(found), rest) }
}

/** Groups that compare one expression under the same further conditions: one branch with a `match` in it. */
function guardedRun(groups: readonly Group[], end: number): Run | null {
  const found: { equality: Equality; guards: Expression[]; value: unknown }[] = []
  for (let at = end - 1; at >= 0; at--) {
    const { tests, value } = groups[at] as Group
    const guarded = tests.length === 1 ? guardedEquality(tests[0] as Expression, found[0]?.equality.key) : null
    if (guarded === null || (found[0] !== undefined && !isSame(found[0].guards, guarded.guards))) break
    found.unshift({ ...guarded, value })
  }
  const [first] = found
  if (first === undefined || found.length < 2) return null
  const { of } = first.equality
  const labels = [...new Set(found.flatMap(({ equality }) => equality.labels))]
  const test = expr('all', ...first.guards, ['match', of, labels, true, false])
  const pairs = labelled(found)
  const value = expr('match', of, ...pairs.slice(0, -2), pairs.at(-1))
  return { length: found.length, write: (rest) => choice(test, value, rest) }
}

/** Labels and values of a `match`; a label counts once, for its first value. */
function labelled(found: readonly { equality: Equality; value: unknown }[]): unknown[] {
  const taken = new Set<string>()
  return found.flatMap(({ equality, value }) => {
    const labels = equality.labels.filter((label) => !taken.has(label))
    for (const label of labels) taken.add(label)
    return labels.length === 0 ? [] : [labels.length === 1 ? labels[0] : labels, value]
  })
}

/** The comparison that a test consists of: `==` with a text, or a `match` that is true for some texts. */
function equalityOf(test: unknown): Equality | null {
  if (!Array.isArray(test)) return null
  const [operator, of, label, yes, no] = test
  if (!Array.isArray(of)) return null
  const key = () => JSON.stringify(of)
  if (operator === '==' && typeof label === 'string') return { of, key: key(), labels: [label] }
  const isTest = operator === 'match' && test.length === 5 && yes === true && no === false
  return isTest && Array.isArray(label) && typeof label[0] === 'string' ? { of, key: key(), labels: label } : null
}

/** Joins comparisons with the same expression into one; null when their expressions differ. */
function joined(equalities: readonly (Equality | null)[]): Equality | null {
  const [first] = equalities
  if (!first || equalities.some((each) => each?.key !== first.key)) return null
  return { ...first, labels: equalities.flatMap((each) => each?.labels ?? []) }
}

/** Splits a conjunction into a comparison and its other conditions. @param key of the wanted comparison; the first one when undefined. */
function guardedEquality(test: Expression, key: string | undefined): { equality: Equality; guards: Expression[] } | null {
  if (test[0] !== 'all') return null
  const parts = test.slice(1) as Expression[]
  for (const [index, part] of parts.entries()) {
    const equality = equalityOf(part)
    if (equality !== null && (key === undefined || key === equality.key)) return { equality, guards: parts.toSpliced(index, 1) }
  }
  return null
}

/** Whether any of the tests holds; comparisons of one expression under the same further conditions are joined. */
function anyOf(tests: readonly Expression[]): Expression {
  const joins = new Map<string, { equality: Equality; guards: Expression[]; test: Expression }[]>()
  for (const test of tests) {
    const equality = equalityOf(test)
    const found = equality === null ? guardedEquality(test, undefined) : { equality, guards: [] }
    const key = found === null ? JSON.stringify(test) : JSON.stringify([found.equality.key, found.guards])
    const join = joins.get(key) ?? []
    joins.set(key, join)
    join.push({ equality: found?.equality ?? NO_EQUALITY, guards: found?.guards ?? [], test })
  }
  const members = [...joins.values()].map((join) => {
    const [first] = join
    if (first === undefined || join.length === 1) return first?.test as Expression
    const labels = [...new Set(join.flatMap(({ equality }) => equality.labels))]
    const test = expr('match', first.equality.of, labels, true, false)
    return first.guards.length === 0 ? test : expr('all', ...first.guards, test)
  })
  return members.length === 1 && members[0] ? members[0] : expr('any', ...members)
}

const NO_EQUALITY: Equality = { of: null, key: '', labels: [] }

/** A `case`, flattened when the rest is a `case` too; the bare test where its outcome is the value. */
function choice(test: Expression, value: unknown, rest: unknown): Expression {
  if (value === true && rest === false) return test
  if (value === false && rest === true) return expr('!', test)
  const more = Array.isArray(rest) && rest[0] === 'case' ? rest.slice(1) : [rest]
  return expr('case', test, value, ...more)
}
