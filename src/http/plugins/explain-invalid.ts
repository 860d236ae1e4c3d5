import { PATTERN_SENTENCES } from '../base/text-patterns.ts'

/** One mistake that the validation found: a keyword of JSON Schema, and the values that the keyword has in the schema. */
export interface InvalidValue {
  keyword: string
  params: Readonly<Record<string, unknown>>
}

const TYPE_NAMES = new Map([
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['string', 'a string'],
  ['array', 'an array'],
  ['object', 'a JSON object'],
  ['null', 'null'],
])

const FORMAT_NAMES = new Map([['uuid', 'a UUID']])

type Explain = (params: InvalidValue['params']) => string

/** For each keyword that the schemas use: what was wrong with the field, and what is accepted. The name of the field goes before. */
const SENTENCES: ReadonlyMap<string, Explain> = new Map<string, Explain>([
  ['required', () => 'is missing'],
  ['additionalProperties', () => 'is not known'],
  ['type', ({ type }) => `must be ${typeNames(type)}`],
  ['const', ({ allowedValue }) => `must be ${String(allowedValue)}`],
  ['enum', ({ allowedValues }) => `must be ${oneOf(allowedValues)}`],
  ['anyOf', () => 'must have one of the documented forms'],
  ['minimum', ({ limit }) => `must be at least ${String(limit)}`],
  ['maximum', ({ limit }) => `must be at most ${String(limit)}`],
  ['minLength', ({ limit }) => `must have at least ${counted(limit, 'character', 'characters')}`],
  ['maxLength', ({ limit }) => `must have at most ${counted(limit, 'character', 'characters')}`],
  ['minItems', ({ limit }) => `must have at least ${counted(limit, 'entry', 'entries')}`],
  ['maxItems', ({ limit }) => `must have at most ${counted(limit, 'entry', 'entries')}`],
  ['uniqueItems', () => 'must not hold the same entry twice'],
  ['pattern', ({ pattern }) => PATTERN_SENTENCES.get(String(pattern)) ?? 'holds characters that are not accepted here'],
  ['format', ({ format }) => `must be ${FORMAT_NAMES.get(String(format)) ?? `of the form ${String(format)}`}`],
])

/** Whether a keyword has a sentence of its own. */
export function isExplained(keyword: string): boolean {
  return SENTENCES.has(keyword)
}

/** What was wrong and what is accepted, in words that follow the name of the field: "must be at least 1". */
export function explainInvalid({ keyword, params }: InvalidValue): string {
  // Never the text of the validation library, which uses its own keywords.
  return SENTENCES.get(keyword)?.(params) ?? 'is not valid'
}

function typeNames(type: unknown): string {
  const names = Array.isArray(type) ? type.map(String) : String(type).split(',')
  return names.map((name) => TYPE_NAMES.get(name) ?? name).join(' or ')
}

function oneOf(values: unknown): string {
  const names = (Array.isArray(values) ? values : [values]).map(String)
  return names.length === 1 ? (names[0] ?? '') : `one of ${names.join(', ')}`
}

function counted(limit: unknown, one: string, several: string): string {
  return `${String(limit)} ${limit === 1 ? one : several}`
}
