import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeApi } from '#http/describe-api.ts'

interface Schema {
  description?: string
  $ref?: string
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
}

interface Operation {
  summary?: string
  parameters?: { name: string; description?: string; schema?: Schema }[]
}

/** Schemas whose every property is described: the records of jobs, uploads, charts, packs and administration. */
const DESCRIBED =
  /^(Job|JobDetail|JobSummary|JobStep|JobStarter|LogLine|NumberedLogLine|Upload|UploadSummary|Cell|CellDetail|CellReport|Export|Account|AdminUser|AdminUserDetail|Problem|FieldError)$/

const document = (await describeApi('0.0.0')) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
)

test('every operation of the API description has a summary', () => {
  assert.ok(operations.length > 100)
  assert.deepEqual(
    operations.filter(({ operation }) => !operation.summary).map(({ name }) => name),
    [],
  )
})

test('every parameter of the API description is described', () => {
  const bare = operations.flatMap(({ name, operation }) =>
    (operation.parameters ?? [])
      .filter((parameter) => !parameter.description && !parameter.schema?.description)
      .map((parameter) => `${parameter.name} of ${name}`),
  )
  assert.deepEqual(bare, [])
})

test('every property of the records of jobs, charts and accounts is described', () => {
  const found = Object.entries(document.components.schemas).filter(([name]) => DESCRIBED.test(name))
  assert.equal(found.length, DESCRIBED.source.split('|').length)
  assert.deepEqual(
    found.flatMap(([name, schema]) => bareProperties(name, schema)),
    [],
  )
})

function bareProperties(name: string, schema: Schema): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([property, value]) => {
    const place = `${name}.${property}`
    const isDescribed = value.description ?? value.$ref ?? value.anyOf?.some((each) => each.$ref !== undefined)
    return [...(isDescribed ? [] : [place]), ...bareProperties(place, value)]
  })
  return [...own, ...(schema.items === undefined ? [] : bareProperties(`${name}[]`, schema.items))]
}
