import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { startFixture } from './server-fixture.ts'

// The examples of the API description.

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())

interface Media {
  schema?: object
  example?: unknown
  examples?: Record<string, { $ref: string }>
}
interface Described {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, Media> }> }>>
  components: { examples: Record<string, { value: { code: string; status: number } }> }
}
const described = (await fixture.call('GET', '/api/openapi.json')).body as Described
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ ...described, $id: 'api' })

const answers = Object.entries(described.paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { responses }]) =>
    Object.entries(responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content).map(([type, media]) => ({ path, method, status, type, media })),
    ),
  ),
)

test('each JSON answer has an example that its schema accepts', () => {
  const json = answers.filter(({ type }) => /^application\/(geo\+)?json$/.test(type))
  assert.ok(json.length > 40)
  for (const { path, method, status, type, media } of json) {
    const parts = ['paths', path, method, 'responses', status, 'content', type, 'schema']
    const pointer = parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
    const validate = ajv.compile({ $ref: `api#/${pointer}` })
    assert.ok(validate(media.example), `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`)
  }
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
