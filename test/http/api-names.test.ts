import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startFixture } from './server-fixture.ts'

// The names that generated clients take from the API description.

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())

interface Described {
  paths: Record<string, Record<string, { operationId?: string }>>
  components: { schemas: Record<string, { title?: string }> }
}
const described = (await fixture.call('GET', '/api/openapi.json')).body as Described

test('each operation has an operationId of its own', () => {
  const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ route: `${method} ${path}`, operationId })),
  )
  for (const { route, operationId } of operations) assert.match(operationId ?? '', /^[a-z][A-Za-z]+$/, route)
  assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length)
})

test('each record of the API is a named schema, and each reference leads to one', () => {
  const names = Object.keys(described.components.schemas)
  for (const name of [
    'ApiToken',
    'Cell',
    'CellReport',
    'Job',
    'JobDetail',
    'JobStep',
    'LogLine',
    'Problem',
    'Style',
    'Upload',
    'User',
  ])
    assert.ok(names.includes(name), name)
  for (const [, name = ''] of JSON.stringify(described).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    assert.ok(names.includes(name), name)
})
