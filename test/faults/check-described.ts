import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { RawAnswer } from './fault-server.ts'
import type { Route } from './walk-routes.ts'

interface Media {
  schema?: unknown
  examples?: Record<string, unknown>
}
type Responses = Record<string, { content?: Record<string, Media> }>

/** Members that hold values of an API, not schemas. */
const VALUES = new Set(['example', 'examples', 'default', 'enum', 'const'])

const file = path.resolve(import.meta.dirname, '../../docs/openapi.json')
const document = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, { responses: Responses }>>
}
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })
ajv.addSchema({ ...(closed(document) as object), $id: 'api' })
const compiled = new Map<string, ValidateFunction>()

/** A copy of a document in which an object has only the members that its schema names, unless that says more. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, VALUES.has(key) ? member : closed(member)]))
  const isPlain = copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy)
  return isPlain ? { ...copy, additionalProperties: false } : copy
}

/** A path with random values may not be the API's; then the router responds. */
const OF_THE_ROUTER = new Set(['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED'])

/**
 * Compares an answer with docs/openapi.json: its status must be described, an error's code too, and JSON must be valid against its
 * schema, without members that the schema does not name.
 *
 * @returns what differs, or null.
 */
export function checkDescribed({ method, path: route }: Route, answer: RawAnswer): string | null {
  const { responses } = document.paths[route]?.[method.toLowerCase()] ?? { responses: {} }
  const type = answer.headers['content-type']?.split(';')[0] ?? ''
  if (answer.headers['x-request-id'] === undefined) return `status ${answer.status} without X-Request-Id`
  if (type === 'application/problem+json') return checkProblem(responses, answer)
  if (answer.status === 304) return null
  const described = responses[String(answer.status)]
  if (described === undefined) return `status ${answer.status} is not described`
  if (answer.text === '' && answer.status === 204) return null
  const media = described.content?.[type] ?? described.content?.['*/*']
  if (media === undefined) return answer.text === '' ? null : `${type} is not described for status ${answer.status}`
  if (!/^application\/(geo\+)?json$/.test(type)) return null
  return invalid(['paths', route, method.toLowerCase(), 'responses', String(answer.status), 'content', type], answer.text)
}

function checkProblem(responses: Responses, { status, text }: RawAnswer): string | null {
  const { code } = JSON.parse(text) as { code: string }
  if (OF_THE_ROUTER.has(code)) return null
  const codes = [responses[String(status)], responses['default']].flatMap((each) =>
    Object.keys(each?.content?.['application/problem+json']?.examples ?? {}),
  )
  if (!codes.includes(code)) return `${status} ${code} is not described`
  return invalid(['components', 'schemas', 'Problem'], text)
}

/** @param pointer from the root of the document to a schema, or to what has it as `schema`. */
function invalid(pointer: readonly string[], text: string): string | null {
  const parts = pointer[0] === 'paths' ? [...pointer, 'schema'] : pointer
  const reference = `api#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
  const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference })
  compiled.set(reference, validate)
  return validate(JSON.parse(text)) ? null : `the body is not valid: ${ajv.errorsText(validate.errors)}`
}
