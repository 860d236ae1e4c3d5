import fc from 'fast-check'
import { sampleCell } from '#test/cells.ts'
import { checkDescribed } from './check-described.ts'
import { checkJobs } from './check-jobs.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer, type FaultServer, isServerFault, type RawAnswer } from './fault-server.ts'
import { createKnownIds, type KnownIds } from './known-ids.ts'
import { fill, type Route, routes, type Schema, summarize } from './walk-routes.ts'

const BATCH = 200
/** Streams never end, and a refresh would ask another server. */
const LEFT_OUT = /\/events$|\/charts\/refresh$/
/** Characters that a path parameter may have (`maxParamLength`), and a few more. */
const LONGEST_PARAMETER = 140
/** Most whole numbers of bodies and parameters are not above this. */
const USUAL_NUMBERS = 12
const CALLERS = ['administrator', 'user', 'nobody'] as const
type Caller = (typeof CALLERS)[number]

interface SchemaRequest {
  route: Route
  caller: Caller
  /** Of the parameters of the path; a number of an id that an answer has named, or a text. */
  values: Record<string, { known: number } | string>
  search: string
  body: string | undefined
  file: { filename: string; content: Uint8Array } | undefined
}

/** What the case keeps while it sends. */
interface Attack {
  server: FaultServer
  ids: KnownIds
  tokens: Record<Caller, string | null>
  statuses: Map<number, number>
  slowest: { milliseconds: number; what: string }
}

/**
 * Requests made from the schemas of docs/openapi.json, most of them valid, with ids that earlier answers named, by callers of every
 * kind; each answer is compared with the same document.
 */
export const schemaRequests: FaultCase = {
  name: 'schema-requests',
  title: 'requests made from the API description get the answers that it describes, and the jobs they leave end and are counted',
  run: (context) =>
    attackServer(context, { LOG_LEVEL: 'warn' }, async (server, broken) => {
      const attack: Attack = {
        ...{ server, ids: createKnownIds(), statuses: new Map(), slowest: { milliseconds: 0, what: '' } },
        tokens: { administrator: server.token, user: await tokenOfUser(server), nobody: null },
      }
      const arbitrary = fc.constantFrom(...routes().filter(({ path }) => !LEFT_OUT.test(path))).chain(requestOf)
      const faults: string[] = []
      let sent = 0
      for (; sent < context.requests && server.isRunning(); sent += BATCH) {
        const requests = fc.sample(arbitrary, { numRuns: BATCH, seed: context.seed + sent })
        await Promise.all(
          Array.from({ length: 8 }, async () => {
            for (let next = requests.shift(); next !== undefined; next = requests.shift())
              faults.push(...(await send(attack, next)))
          }),
        )
      }
      broken.push(...summarize(faults), ...(await checkJobs(server)))
      const { statuses, slowest } = attack
      const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status} ${count}`)
      if ((statuses.get(200) ?? 0) < sent / 10) broken.push('fewer than a tenth of the requests succeeded')
      return `${sent} requests; ${counts.join(', ')}; the slowest took ${Math.round(slowest.milliseconds)} ms: ${slowest.what}`
    }),
}

/** The token of an account whose number no request is likely to name in a deletion. */
async function tokenOfUser(server: FaultServer): Promise<string> {
  let token = ''
  for (let i = 0; i < USUAL_NUMBERS; i++) {
    const body = JSON.stringify({ name: 'Schema', username: `schema-${i}`, password: 'a password' })
    const headers = { 'content-type': 'application/json' }
    const answer = await server.send('POST', '/api/portal/v1/admin/createAccount', { body, headers })
    token = (JSON.parse(answer.text) as { initialToken: { id: string } }).initialToken.id
  }
  return token
}

async function send({ server, ids, tokens, statuses, slowest }: Attack, request: SchemaRequest): Promise<string[]> {
  const { route, body } = request
  const values = Object.entries(request.values).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? encodeURIComponent(value) : encodeURIComponent(ids.pick(route.path, value.known) ?? '1'),
  ])
  const target = fill(route, Object.fromEntries(values)) + request.search
  const given = request.file === undefined ? jsonBody(body) : await formBody(request.file)
  const answer = await server
    .send(route.method, target, { ...given, token: tokens[request.caller] })
    .catch((error: Error) => error)
  const what = `${route.method} ${target.slice(0, 120)} ${body?.slice(0, 120) ?? ''}`
  if (answer instanceof Error) return [`${what}: ${answer.message}`]
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
  if (answer.milliseconds > slowest.milliseconds) Object.assign(slowest, { milliseconds: answer.milliseconds, what })
  if (answer.status < 300 && isJson(answer)) ids.note(route.path, JSON.parse(answer.text))
  const fault = isServerFault(answer) ? String(answer.status) : checkDescribed(route, answer)
  return fault === null ? [] : [`${what}: ${fault}`]
}

function isJson({ headers, text }: RawAnswer): boolean {
  return text !== '' && /^application\/json/.test(headers['content-type'] ?? '')
}

function jsonBody(body: string | undefined): { body?: string; headers?: Record<string, string> } {
  return body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }
}

async function formBody({ filename, content }: { filename: string; content: Uint8Array }) {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(content)]), filename)
  const encoded = new Response(form)
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' }
  return { body: new Uint8Array(await encoded.arrayBuffer()), headers }
}

function requestOf(route: Route): fc.Arbitrary<SchemaRequest> {
  const query = route.parameters.filter((each) => each.in === 'query')
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return fc
    .record({
      caller: fc.constantFrom<Caller[]>('administrator', 'administrator', 'administrator', ...CALLERS),
      values: fc.record(Object.fromEntries(names.map((name) => [name, pathValue(name)]))),
      query: fc.record(Object.fromEntries(query.map(({ name, schema }) => [name, anyValueOf(schema, name)])), {
        requiredKeys: query.filter((each) => each.required).map(({ name }) => name),
      }),
      body: route.body === null ? fc.constant(undefined) : anyValueOf(route.body, ''),
      file: route.path.endsWith('/upload') ? anyFile() : fc.constant(undefined),
    })
    .map(({ query: given, body, ...rest }) => {
      const search = Object.entries(given).map(([name, value]) => `${name}=${encodeURIComponent(textOf(value))}`)
      return {
        ...{ ...rest, route, search: search.length === 0 ? '' : `?${search.join('&')}` },
        body: body === undefined ? undefined : JSON.stringify(body),
      }
    })
}

function pathValue(name: string): fc.Arbitrary<{ known: number } | string> {
  if (['z', 'x', 'y'].includes(name)) return fc.nat(14).map(String)
  return fc.oneof(
    { weight: 4, arbitrary: fc.nat(99).map((known) => ({ known })) },
    { weight: 1, arbitrary: fc.nat(14).map(String) },
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 30 }).map((text) => text.toWellFormed()) },
    { weight: 1, arbitrary: fc.integer({ min: 30, max: LONGEST_PARAMETER }).map((length) => 'x'.repeat(length)) },
  )
}

/** Most of what is sent is broken: a whole chart is a job of a second. */
function anyFile(): fc.Arbitrary<{ filename: string; content: Uint8Array }> {
  const cell = sampleCell()
  return fc.record({
    filename: fc.constantFrom('XX5SAMPL.000', 'charts.zip', 'PERMIT.TXT', 'notes.txt', 'no name', '../XX5SAMPL.001'),
    content: fc.oneof(
      fc.nat(cell.length).map((bytes) => cell.subarray(0, bytes)),
      fc.constant(new TextEncoder().encode('PK\u0003\u0004 no zip')),
      fc.constant(new TextEncoder().encode(':DATE 20260115 08:00\r\n:VERSION 2\r\n:ENC\r\n:ECS\r\n')),
    ),
  })
}

/** Random objects may have a `toString` that is not a function. */
function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()
}

/** Mostly values that the schema accepts, sometimes any. */
function anyValueOf(schema: Schema, name: string): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: accepted(schema, name) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) })
}

function accepted(schema: Schema, name: string): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined && schema.enum.length > 0) return fc.constantFrom(...schema.enum)
  switch ([schema.type].flat()[0]) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {})
      const model = Object.fromEntries(members.map(([key, of]) => [key, anyValueOf(of, key)]))
      return fc.record(model, { requiredKeys: schema.required ?? [] })
    }
    case 'array':
      return fc.array(anyValueOf(schema.items ?? {}, name), { maxLength: 4 })
    case 'integer':
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? -3, max: USUAL_NUMBERS }),
        fc.integer({ min: schema.minimum ?? -(2 ** 31) }),
      )
    case 'number':
      return fc.double({ min: schema.minimum ?? -200, max: schema.maximum ?? 200, noNaN: true })
    case 'boolean':
      return fc.boolean()
    default:
      return textFor(schema, name)
  }
}

function textFor({ format, minLength = 0, maxLength = 30 }: Schema, name: string): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (name === 'bbox') return fc.constantFrom('-81,31,-80,32', '170,-10,-170,10')
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 30)) }
  return fc.oneof(fc.string(length), fc.string({ ...length, unit: 'binary' }))
}
