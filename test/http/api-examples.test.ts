import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { startFixture } from './server-fixture.ts'

// The examples of the API description.

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())

interface Media {
  schema?: { required?: string[]; properties?: Record<string, { default?: unknown }> }
  example?: unknown
  examples?: Record<string, { $ref: string }>
}
interface Operation {
  tags?: string[]
  description?: string
  parameters?: { name: string; required?: boolean; example?: unknown }[]
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, { content?: Record<string, Media> }>
}
interface Described {
  paths: Record<string, Record<string, Operation>>
  tags: { name: string; description: string }[]
  components: { examples: Record<string, { value: { code: string; status: number } }> }
}
const described = (await fixture.call('GET', '/api/openapi.json')).body as Described
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ ...described, $id: 'api' })

const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)
const answers = Object.entries(described.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { responses }]) =>
    Object.entries(responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content).map(([type, media]) => ({ path, method, status, type, media })),
    ),
  ),
)

/** Its own description is the best example of it. */
const WITHOUT_EXAMPLE = new Set(['/api/openapi.json'])

function assertAccepted(parts: string[], example: unknown): void {
  const pointer = parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
  const validate = ajv.compile({ $ref: `api#/${pointer}` })
  assert.notEqual(example, undefined, parts.join(' '))
  assert.ok(validate(example), `${parts.join(' ')}: ${ajv.errorsText(validate.errors)}`)
}

test('each JSON answer of a success has an example that its schema accepts', () => {
  const json = answers.filter(
    ({ path, type, status }) => type === 'application/json' && /^2/.test(status) && !WITHOUT_EXAMPLE.has(path),
  )
  assert.ok(json.length > 70)
  for (const { path, method, status, type, media } of json)
    assertAccepted(['paths', path, method, 'responses', status, 'content', type, 'schema'], media.example)
})

test('each JSON body has an example that its schema accepts, and what has a default may be left out of it', () => {
  const bodies = operations.filter(({ operation }) => operation.requestBody?.content['application/json'] !== undefined)
  assert.ok(bodies.length > 25)
  for (const { path, method, operation } of bodies) {
    const media = operation.requestBody?.content['application/json']
    assertAccepted(['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'], media?.example)
    const { required = [], properties = {} } = media?.schema ?? {}
    for (const name of required) assert.equal(properties[name]?.default, undefined, `${method} ${path} ${name}`)
  }
  const optional = operations.filter(({ operation: { requestBody } }) => requestBody && requestBody.required !== true)
  assert.deepEqual(
    optional.map(({ path }) => path),
    ['/api/portal/v1/jobs/{id}/retry'],
  )
})

test('each parameter that must be given has an example', () => {
  for (const { path, method, operation } of operations.filter((each) => !/^\/assets\//.test(each.path)))
    for (const { name, required, example } of operation.parameters ?? [])
      if (required === true) assert.notEqual(example, undefined, `${method} ${path} ${name}`)
})

test('an upload is described as a form with a file', () => {
  const forms = operations.filter(({ operation }) => operation.requestBody?.content['multipart/form-data'] !== undefined)
  assert.deepEqual(
    forms.map(({ path }) => path),
    ['/api/portal/v1/charts/upload', '/api/v1/charts/upload'],
  )
  for (const { operation } of forms)
    assert.deepEqual(operation.requestBody?.content['multipart/form-data']?.schema?.required, ['file'])
})

test('each error answer lists its codes, with an example of the same status for each', () => {
  const errors = answers.filter(({ type }) => type === 'application/problem+json')
  assert.ok(errors.length > 150)
  for (const { path, method, status, media } of errors) {
    const codes = Object.keys(media.examples ?? {})
    assert.ok(codes.length > 0, `${method} ${path} ${status}`)
    for (const code of codes) {
      const { value } = described.components.examples[code] ?? { value: { code: '', status: 0 } }
      assert.equal(value.code, code)
      if (status !== 'default') assert.equal(String(value.status), status, `${method} ${path} ${code}`)
    }
  }
})

test('each error that a description names has that status, and is among the answers of its operation', () => {
  let named = 0
  for (const { path, method, operation } of operations) {
    for (const [, status = '', code = ''] of (operation.description ?? '').matchAll(/\b(\d{3}) ([A-Z]+_[A-Z_]+)\b/g)) {
      named++
      const codes = Object.keys(operation.responses[status]?.content?.['application/problem+json']?.examples ?? {})
      assert.ok(codes.includes(code), `${method} ${path}: ${status} ${code}`)
    }
  }
  assert.ok(named > 25)
})

test('each group of operations has a description, and each description of a group has operations', () => {
  const used = new Set(operations.flatMap(({ operation: { tags = [] } }) => tags))
  assert.deepEqual(described.tags.map(({ name }) => name).toSorted(), [...used].toSorted())
})
