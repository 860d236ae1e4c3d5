import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameSchemas } from './name-schemas.ts'

const boat = { title: 'Boat', type: 'object', properties: { title: { type: 'string' }, crew: { type: 'integer' } } }
const document = (schemas: object[]) => ({
  openapi: '3.1.0',
  components: { securitySchemes: {}, schemas: {} },
  paths: { '/boats': { get: { responses: { 200: { content: { 'application/json': { schema: { oneOf: schemas } } } } } } } },
})
const schemasOf = (described: Record<string, unknown>) =>
  (described['components'] as { schemas: Record<string, unknown> }).schemas

test('a schema with a title becomes a component, and its places refer to it', () => {
  const described = nameSchemas(document([boat, { type: 'array', items: boat }, { ...boat, type: ['object', 'null'] }]))
  assert.deepEqual(schemasOf(described), { Boat: boat })
  const text = JSON.stringify(described['paths'])
  const reference = '{"$ref":"#/components/schemas/Boat"}'
  assert.ok(text.includes(`[${reference},{"type":"array","items":${reference}},{"anyOf":[${reference},{"type":"null"}]}]`), text)
})

test('two different schemas of one title are refused', () => {
  assert.throws(() => nameSchemas(document([boat, { ...boat, properties: {} }])), /two schemas have the title Boat/)
})

test('the title of an example names no schema', () => {
  const example = { type: 'about:blank', title: 'Bad Request' }
  const described = nameSchemas(document([{ type: 'object', examples: [example] }]))
  assert.deepEqual(schemasOf(described), {})
  assert.ok(JSON.stringify(described['paths']).includes(JSON.stringify(example)))
})
