import { DANGERS } from '../procedures/dangers.ts'
import type { Comparison, Condition, DepthSetting, FlagSetting, Operand } from './condition.ts'

const DEPTHS: ReadonlyMap<string, DepthSetting> = new Map([
  ['S', 'safetyDepth'],
  ['SHALLOW', 'shallowDepth'],
  ['DEEP', 'deepDepth'],
])
const FLAGS: ReadonlySet<string> = new Set<FlagSetting>([
  'twoShades',
  'isolatedShallow',
  'shallowPattern',
  'showLowAccuracy',
  'showEncBoundaries',
  'showOverscale',
])

const attribute = (name: string, missing: Operand | null = null): Operand => ({ kind: 'attribute', attribute: name, missing })
const number = (value: number): Operand => ({ kind: 'number', value })

/** SEABED01: a missing DRVAL1 counts as -1, and a missing DRVAL2 as DRVAL1 and a centimetre. */
const D1 = attribute('DRVAL1', number(-1))
const D2 = attribute('DRVAL2', { kind: 'sum', of: [D1, number(0.01)] })

const ALWAYS: Condition = { kind: 'always' }
const TOKENS = /\s*(?:([A-Za-z][A-Za-z0-9_]*(?:\[0\])?)|(-?\d+(?:\.\d+)?(?:,\d+)*)|(<=|>=|!=|[<>=~!&|()*]))/y

type Token = { kind: 'name' | 'value' | 'sign'; text: string; at: number }

/**
 * Parses the column `when` of a portrayal table, such as `COLOUR=3,4,3 & BCNSHP=1|2|7` or `!(D1>=S & D2>S)`. `&` binds closer than
 * `|`; a `|` between values separates alternatives. Throws an `Error` that quotes the text and names the position.
 */
export function parseCondition(text: string): Condition {
  const reader = new Reader(text)
  if (reader.take('*')) {
    reader.end()
    return ALWAYS
  }
  const condition = anyOf(reader)
  reader.end()
  return condition
}

class Reader {
  private readonly tokens: readonly Token[]
  private next = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
    this.tokens = tokensOf(text)
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.next + ahead]
  }

  take(sign: string): boolean {
    const found = this.peek()?.kind === 'sign' && this.peek()?.text === sign
    if (found) this.next++
    return found
  }

  /** Takes the next token if it has this kind. */
  takeKind(kind: Token['kind']): string | null {
    const token = this.peek()
    if (token?.kind !== kind) return null
    this.next++
    return token.text
  }

  end(): void {
    if (this.peek() !== undefined) this.fail('the end of the condition')
  }

  fail(expected: string): never {
    const token = this.peek()
    const found = token === undefined ? 'the condition ends' : `"${token.text}" stands at position ${token.at + 1}`
    throw new Error(`Condition "${this.text}": expected ${expected}, but ${found}`)
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  TOKENS.lastIndex = 0
  const end = text.trimEnd().length
  while (TOKENS.lastIndex < end) {
    const from = TOKENS.lastIndex
    const match = TOKENS.exec(text)
    if (match === null) throw new Error(`Condition "${text}": position ${from + 1} holds a character without a meaning`)
    const [, name, value, sign = ''] = match
    const kind = name !== undefined ? 'name' : value !== undefined ? 'value' : 'sign'
    const word = name ?? value ?? sign
    tokens.push({ kind, text: word, at: TOKENS.lastIndex - word.length })
  }
  return tokens
}

function anyOf(reader: Reader): Condition {
  const of = [allOf(reader)]
  while (reader.take('|')) of.push(allOf(reader))
  return of.length === 1 && of[0] ? of[0] : { kind: 'any', of }
}

function allOf(reader: Reader): Condition {
  const of = [term(reader)]
  while (reader.take('&')) of.push(term(reader))
  return of.length === 1 && of[0] ? of[0] : { kind: 'all', of }
}

function term(reader: Reader): Condition {
  if (reader.take('!')) return { kind: 'not', of: term(reader) }
  if (reader.take('(')) {
    const inner = anyOf(reader)
    if (!reader.take(')')) reader.fail('")"')
    return inner
  }
  const name = reader.takeKind('name')
  if (name === null) return reader.fail('an attribute, "!" or "("')
  return test(reader, name)
}

/** What follows the name of an attribute, of a setting, or of a derived value. */
function test(reader: Reader, name: string): Condition {
  if (name.endsWith('[0]')) {
    if (!reader.take('=')) reader.fail('"=" after the first member of a list')
    return { kind: 'begins', attribute: name.slice(0, -3), values: values(reader) }
  }
  if (reader.take('~')) return { kind: 'holds', attribute: name, values: values(reader) }
  if (reader.take('!=')) return { kind: 'not', of: { kind: 'equals', attribute: name, values: values(reader) } }
  if (name === 'danger') return danger(reader)
  if (reader.peek()?.text === '=' && reader.peek(1)?.kind === 'value') {
    reader.take('=')
    return { kind: 'equals', attribute: name, values: values(reader) }
  }
  const operator = comparison(reader)
  if (operator !== null) return { kind: 'compare', left: operand(name), operator, right: right(reader) }
  return FLAGS.has(name) ? { kind: 'flag', setting: name as FlagSetting } : { kind: 'given', attribute: name }
}

function values(reader: Reader): string[] {
  const found: string[] = []
  do {
    const value = reader.takeKind('value')
    if (value === null) reader.fail('a value')
    else found.push(value)
  } while (reader.peek(1)?.kind === 'value' && reader.take('|'))
  return found
}

function comparison(reader: Reader): Comparison | null {
  for (const operator of ['<=', '>=', '<', '>', '='] as const) if (reader.take(operator)) return operator
  return null
}

function right(reader: Reader): Operand {
  const value = reader.takeKind('value')
  if (value !== null) {
    if (value.includes(',')) reader.fail('one number, not a list')
    return number(Number(value))
  }
  const name = reader.takeKind('name')
  return name === null ? reader.fail('a number, an attribute or a setting') : operand(name)
}

function operand(name: string): Operand {
  const setting = DEPTHS.get(name)
  if (setting !== undefined) return { kind: 'setting', setting }
  return name === 'D1' ? D1 : name === 'D2' ? D2 : attribute(name)
}

function danger(reader: Reader): Condition {
  if (!reader.take('=')) reader.fail('"=" after danger')
  const kind = DANGERS.get(reader.takeKind('name') ?? '')
  return kind === undefined ? reader.fail(`one of ${[...DANGERS.keys()].join(', ')} before this point`) : parseCondition(kind)
}
