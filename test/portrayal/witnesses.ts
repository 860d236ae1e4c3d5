import type { Condition, Operand, PortrayalSettings } from '#portrayal/table/condition.ts'

export type Properties = Record<string, unknown>

/** Attributes that S-57 defines as lists; the tiles write them as strings. */
const LISTS = new Set([
  'COLOUR',
  'CATLIT',
  'FUNCTN',
  'RESTRN',
  'CATREA',
  'CATSPM',
  'CATHAF',
  'CATACH',
  'CATPIP',
  'PRODCT',
  'CATROS',
])
const FLAGS = new Set(['lowAccuracy', 'sector', 'floating'])
/** Stands for any value; no table names it, and as a depth it is deep. */
const ANY = 99
const MOST = 400

/** Properties for which a condition may hold: starting points to try, not all of them right. */
export function witnesses(condition: Condition, settings: PortrayalSettings): Properties[] {
  switch (condition.kind) {
    case 'always':
    case 'flag':
      return [{}]
    case 'all':
      return condition.of.reduce<Properties[]>((done, each) => combined(done, witnesses(each, settings)), [{}])
    case 'any':
      return condition.of.flatMap((each) => witnesses(each, settings))
    case 'not':
      return [{}, ...opposites(condition.of, settings)]
    case 'given':
      return [{ [condition.attribute]: FLAGS.has(condition.attribute) ? true : ANY }]
    case 'equals':
      return condition.values.map((value) => ({ [condition.attribute]: typed(condition.attribute, value) }))
    case 'holds':
      return condition.values.map((value) => ({ [condition.attribute]: value }))
    case 'begins':
      return condition.values.flatMap((value) => [{ [condition.attribute]: value }, { [condition.attribute]: `${value},1` }])
    case 'compare':
      return compared(condition.left, condition.right, settings)
  }
}

function opposites(condition: Condition, settings: PortrayalSettings): Properties[] {
  return condition.kind === 'all' ? condition.of.flatMap((each) => witnesses({ kind: 'not', of: each }, settings)) : []
}

/** Values around both sides of a comparison. */
function compared(left: Operand, right: Operand, settings: PortrayalSettings): Properties[] {
  const from = [left, right].flatMap((side) =>
    side.kind === 'setting' ? settings[side.setting] : side.kind === 'number' ? side.value : [],
  )
  const values = from.flatMap((value) => [value, value - 0.1, value + 0.1, value - 1.5, value + 25]).concat(3)
  return [left, right].flatMap((side) => (side.kind === 'attribute' ? values.map((value) => ({ [side.attribute]: value })) : []))
}

/** Each of both: numbers must agree, lists hold the members of both. */
function combined(some: readonly Properties[], others: readonly Properties[]): Properties[] {
  const pairs = some.flatMap((one) => others.map((other) => merged(one, other))).filter((each) => each !== null)
  return [...new Map(pairs.map((each) => [JSON.stringify(each), each])).values()].slice(0, MOST)
}

function merged(one: Properties, other: Properties): Properties | null {
  const all: Properties = { ...one }
  for (const [name, value] of Object.entries(other)) {
    const known = all[name]
    if (known === undefined || known === ANY) all[name] = value
    else if (LISTS.has(name) && value !== ANY) all[name] = [...new Set(`${known},${value}`.split(','))].join(',')
    else if (known !== value && value !== ANY) return null
  }
  return all
}

function typed(attribute: string, value: string): unknown {
  return LISTS.has(attribute) || value.includes(',') ? value : Number(value)
}
