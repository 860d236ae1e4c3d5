import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeApi } from '#http/describe-api.ts'

interface Schema {
  description?: string
  $ref?: string
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
}

type Content = Record<string, { schema?: Schema }>

interface Operation {
  summary?: string
  description?: string
  parameters?: { name: string; description?: string; schema?: Schema }[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}

const document = (await describeApi('0.0.0')) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
)
const schemas = Object.entries(document.components.schemas)

for (const member of ['summary', 'description'] as const) {
  test(`every operation of the API description has a ${member}`, () => {
    assert.ok(operations.length > 100)
    assert.deepEqual(
      operations.filter(({ operation }) => !operation[member]).map(({ name }) => name),
      [],
    )
  })
}

test('every parameter of the API description is described', () => {
  const bare = operations.flatMap(({ name, operation }) =>
    (operation.parameters ?? [])
      .filter((parameter) => !parameter.description && !parameter.schema?.description)
      .map((parameter) => `${parameter.name} of ${name}`),
  )
  assert.deepEqual(bare, [])
})

test('every named schema of the API description is described', () => {
  assert.ok(schemas.length > 60)
  assert.deepEqual(
    schemas.filter(([, { description }]) => !description).map(([name]) => name),
    [],
  )
})

test('every property of a named schema is described, at any depth', () => {
  assert.deepEqual(
    schemas.flatMap(([name, schema]) => bareProperties(name, schema)),
    [],
  )
})

test('every property of a body or an answer is described, at any depth', () => {
  const bodies = operations.flatMap(({ name, operation: { requestBody, responses } }) => [
    ...schemasOf(requestBody?.content).map((schema) => ({ place: `body of ${name}: `, schema })),
    ...Object.entries(responses).flatMap(([status, { content }]) =>
      schemasOf(content).map((schema) => ({ place: `${status} of ${name}: `, schema })),
    ),
  ])
  assert.ok(bodies.length > 300)
  assert.deepEqual(
    bodies.flatMap(({ place, schema }) => bareProperties(place, schema)),
    [],
  )
})

function schemasOf(content: Content = {}): Schema[] {
  return Object.values(content).flatMap(({ schema }) => schema ?? [])
}

/** Properties without a description. The target of a reference has its own, which is the same wherever it is used. */
function bareProperties(place: string, { properties = {}, items, additionalProperties, anyOf = [] }: Schema): string[] {
  const own = Object.entries(properties).flatMap(([name, value]) => {
    const inner = `${place}.${name}`
    const isDescribed = value.description || value.$ref || value.anyOf?.some(({ $ref }) => $ref !== undefined)
    return [...(isDescribed ? [] : [inner]), ...bareProperties(inner, value)]
  })
  const others = [items, additionalProperties, ...anyOf].filter((schema) => typeof schema === 'object')
  return [...own, ...others.flatMap((schema) => bareProperties(`${place}[]`, schema))]
}
