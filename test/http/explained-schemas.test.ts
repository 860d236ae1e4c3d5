import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { PATTERN_SENTENCES } from '#http/base/text-patterns.ts'
import { describeApi } from '#http/describe-api.ts'
import { explainInvalid, isExplained } from '#http/plugins/explain-invalid.ts'

/** What describes a value, or holds further schemas, and refuses nothing by itself. */
const WITHOUT_REFUSAL = new Set(['title', 'description', 'default', 'example', 'examples', 'properties', 'items', '$ref'])

interface Keyword {
  keyword: string
  value: unknown
  /** Where the document has it, for the message of a failure. */
  place: string
}

const document = await describeApi('0.0.0')
const keywords = [...schemasIn(document, '')].flatMap(([schema, place]) =>
  Object.entries(schema).map(([keyword, value]): Keyword => ({ keyword, value, place })),
)

test('each keyword of each schema in the OpenAPI document has a sentence that explains a refusal', () => {
  assert.ok(keywords.length > 2_000, `only ${keywords.length} keywords were found`)
  const without = keywords.filter(({ keyword }) => !WITHOUT_REFUSAL.has(keyword) && !isExplained(keyword))
  assert.deepEqual(
    without.map(({ keyword, place }) => `${keyword} at ${place}`),
    [],
  )
})

test('each pattern in the OpenAPI document has a sentence that says what it accepts', () => {
  const patterns = new Set(keywords.filter(({ keyword }) => keyword === 'pattern').map(({ value }) => String(value)))
  assert.ok(patterns.size > 0)
  assert.deepEqual(
    [...patterns].filter((pattern) => !PATTERN_SENTENCES.has(pattern)),
    [],
  )
})

/** For each keyword: a schema, a value that only this keyword refuses, and the answer. */
const REFUSALS: Record<string, [schema: object, value: unknown, sentence: string]> = {
  required: [{ type: 'object', required: ['depth'] }, {}, 'is missing'],
  additionalProperties: [{ type: 'object', additionalProperties: false }, { depth: 1 }, 'is not known'],
  type: [{ type: ['array', 'null'] }, 1, 'must be an array or null'],
  const: [{ type: 'string', const: 'Feature' }, 'x', 'must be Feature'],
  enum: [{ type: 'string', enum: ['day', 'night'] }, 'x', 'must be one of day, night'],
  minimum: [{ type: 'number', minimum: 2 }, 1, 'must be at least 2'],
  maximum: [{ type: 'number', maximum: 2 }, 3, 'must be at most 2'],
  minLength: [{ type: 'string', minLength: 1 }, '', 'must have at least 1 character'],
  maxLength: [{ type: 'string', maxLength: 2 }, 'abc', 'must have at most 2 characters'],
  minItems: [{ type: 'array', minItems: 2 }, [1], 'must have at least 2 entries'],
  maxItems: [{ type: 'array', maxItems: 1 }, [1, 2], 'must have at most 1 entry'],
  uniqueItems: [{ type: 'array', uniqueItems: true }, [1, 1], 'must not hold the same entry twice'],
  pattern: [{ type: 'string', pattern: '^[a-z0-9-]+$' }, 'A', 'must have only lower-case letters, digits and hyphens'],
  format: [{ type: 'string', format: 'uuid' }, 'x', 'must be a UUID'],
}

for (const [keyword, [schema, value, sentence]] of Object.entries(REFUSALS)) {
  test(`a value that the keyword ${keyword} refuses is explained by “${sentence}”`, async () => {
    const app = fastify({ ajv: { customOptions: { coerceTypes: false, allErrors: true, removeAdditional: false } } })
    app.post('/', { schema: { body: schema } }, async () => null)
    app.setErrorHandler(({ validation }: { validation?: { keyword: string; params: Record<string, unknown> }[] }) =>
      validation?.map((issue) => [issue.keyword, explainInvalid(issue)]),
    )
    const headers = { 'content-type': 'application/json' }
    const { body } = await app.inject({ method: 'POST', url: '/', payload: JSON.stringify(value), headers })
    assert.deepEqual(JSON.parse(body), [[keyword, sentence]])
    await app.close()
  })
}

test('a keyword without a sentence is explained without the words of the validation library', () => {
  assert.equal(explainInvalid({ keyword: 'multipleOf', params: { multipleOf: 3 } }), 'is not valid')
})

/** All schemas in a part of the document, with their places. */
function* schemasIn(part: unknown, place: string): Generator<[schema: object, place: string]> {
  if (typeof part !== 'object' || part === null) return
  for (const [name, value] of Object.entries(part)) {
    const at = `${place}/${name}`
    if (name === 'schema') yield* schemaAndParts(value, at)
    else if (place === '/components' && name === 'schemas') {
      for (const [title, schema] of Object.entries(value as object)) yield* schemaAndParts(schema, `${at}/${title}`)
    } else if (name !== 'example' && name !== 'examples') yield* schemasIn(value, at)
  }
}

/** A schema and all schemas within it. */
function* schemaAndParts(schema: unknown, place: string): Generator<[schema: object, place: string]> {
  // `additionalProperties: true` is a schema that accepts everything.
  if (typeof schema !== 'object' || schema === null) return
  yield [schema, place]
  const { properties = {}, items, additionalProperties, anyOf = [] } = schema as Record<string, object | undefined>
  for (const [name, part] of Object.entries(properties)) yield* schemaAndParts(part, `${place}/${name}`)
  for (const [i, part] of Object.entries(anyOf)) yield* schemaAndParts(part, `${place}/anyOf/${i}`)
  yield* schemaAndParts(items, `${place}/items`)
  yield* schemaAndParts(additionalProperties, `${place}/additionalProperties`)
}
