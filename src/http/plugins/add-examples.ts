import { problemExamples } from './error-answers.ts'

type Json = Record<string, unknown>

const TIME = 1_736_942_400_000
const UUID = '0199d5a0-0000-7000-8000-000000000001'

/** Values of members whose type alone says little, by their name. */
const STRINGS = new Map([
  ['id', '5f0c1d2e3a4b5c6d7e8f901234567890'],
  ['name', 'Harbour'],
  ['email', 'harbour@example.com'],
  ['userEmail', 'harbour@example.com'],
  ['username', 'harbour@example.com'],
  ['uploaderEmail', 'harbour@example.com'],
  ['filename', 'US5MA10M.000'],
  ['jobType', 'refresh-public-charts'],
  ['stepName', 'step_download_noaa'],
  ['timestamp', '2026-01-15T08:00:10.000+00:00'],
  ['message', 'Indexing 12 cells'],
  ['hosts', 'example.com'],
  ['userAgent', 'Mozilla/5.0'],
])
const NUMBERS = new Map([
  ['id', 42],
  ['userId', 7],
  ['accountId', 42],
  ['limit', 25],
  ['percentComplete', 100],
])

/**
 * Gives each JSON response of an OpenAPI document an example that follows from its schema, and one to each error code.
 * @returns a copy of the document.
 */
export function addExamples(document: Json): Json {
  const components = document['components'] as { schemas: Record<string, Json> }
  const paths = Object.entries(document['paths'] as Record<string, Record<string, Json>>).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [method, withExamples(operation, components.schemas)]),
    ),
  ])
  return { ...document, components: { ...components, examples: problemExamples() }, paths: Object.fromEntries(paths) }
}

function withExamples(operation: Json, schemas: Record<string, Json>): Json {
  const responses = Object.entries((operation['responses'] ?? {}) as Record<string, Json>).map(([status, response]) => {
    const content = Object.entries((response['content'] ?? {}) as Record<string, Json>).map(([type, media]) => {
      const isPlainJson = /^application\/(geo\+)?json$/.test(type)
      if (!isPlainJson || media['example'] !== undefined || media['examples'] !== undefined) return [type, media]
      return [type, { ...media, example: exampleOf(media['schema'] as Json, '', schemas) }]
    })
    return [status, content.length === 0 ? response : { ...response, content: Object.fromEntries(content) }]
  })
  return { ...operation, responses: Object.fromEntries(responses) }
}

/** A value that the schema accepts. @param name of the member that has it. */
function exampleOf(schema: Json, name: string, schemas: Record<string, Json>): unknown {
  const { $ref, anyOf, examples, enum: choices, type } = schema
  if (Array.isArray(examples)) return examples[0]
  if ('const' in schema) return schema['const']
  if ('default' in schema) return schema['default']
  if (Array.isArray(choices)) return choices[0]
  if (typeof $ref === 'string') return exampleOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, name, schemas)
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0] as Json, name, schemas)
  switch ([type].flat()[0]) {
    case 'object':
      return exampleObject(schema, schemas)
    case 'array':
      return exampleArray(schema, name, schemas)
    case 'string':
      return exampleString(schema, name)
    case 'integer':
    case 'number':
      return exampleNumber(schema, name)
    case 'boolean':
      return true
    default:
      return null
  }
}

function exampleObject({ properties = {} }: Json, schemas: Record<string, Json>): Json {
  const members = Object.entries(properties as Record<string, Json>)
  return Object.fromEntries(members.map(([member, of]) => [member, exampleOf(of, member, schemas)]))
}

function exampleArray({ items, minItems = 1 }: Json, name: string, schemas: Record<string, Json>): unknown[] {
  if (Array.isArray(items)) return items.map((item) => exampleOf(item as Json, name, schemas))
  if (typeof items !== 'object' || items === null) return []
  return Array.from({ length: Number(minItems) || 1 }, () => exampleOf(items as Json, name, schemas))
}

function exampleString({ format }: Json, name: string): string {
  if (format === 'uuid') return UUID
  return STRINGS.get(name) ?? (name === '' ? 'text' : name)
}

function exampleNumber({ description, minimum }: Json, name: string): number {
  if (String(description).startsWith('Milliseconds since the Unix epoch')) return TIME
  return NUMBERS.get(name) ?? Math.max(Number(minimum ?? 1), 1)
}
