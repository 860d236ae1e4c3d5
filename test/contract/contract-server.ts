import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '#test/database.ts'
import { startServerProcess } from '#test/server-process.ts'

export interface ContractAnswer<T = Record<string, unknown>> {
  status: number
  /** Media type without parameters. */
  type: string
  headers: Headers
  bytes: Buffer
  /** Parsed JSON; null when the body is empty or not JSON. */
  body: T
}

export interface ContractCall {
  /** Default: the API token of the administrator. Null: no header. */
  token?: string | null
  json?: unknown
  body?: string | FormData
  headers?: Record<string, string>
}

export interface ContractServer {
  url: string
  environment: Record<string, string>
  call<T = Record<string, unknown>>(method: string, target: string, options?: ContractCall): Promise<ContractAnswer<T>>
  /** @returns the bearer string of a new session. */
  login(username: string, password: string): Promise<string>
  /** API token of the administrator, in account 1. */
  admin: string
  /** API token of a user of another account, who is not an administrator; name and password are `other`. */
  other: string
  upload(filename: string, content: Uint8Array | string, token?: string): Promise<ContractAnswer<{ upload: { id: number } }>>
  /** Resolves when an upload is neither pending nor processing. @returns its status. */
  uploadEnds(id: number): Promise<string>
  close(): Promise<void>
}

export const WRONG_TOKEN = 'f'.repeat(32)

/** Starts the real server as a separate process, with an administrator and a user of a second account. */
export async function startContractServer(extra: Record<string, string> = {}): Promise<ContractServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-contract-'))
  const database = await createTestDatabase()
  const environment = { DATA_DIR: path.join(folder, 'data'), DATABASE_URL: database.url, LOG_LEVEL: 'warn', ...extra }
  const server = await startServerProcess(environment)

  const own: ContractServer = {
    url: server.url,
    environment,
    admin: '',
    other: '',
    call: (method, target, options = {}) => callAt(server.url, method, target, { token: own.admin, ...options }),
    async login(username, password) {
      const answer = await own.call<{ token: { id: string } }>('POST', '/api/portal/v1/auth/login', {
        ...{ token: null, json: { username, password } },
      })
      assert.equal(answer.status, 200)
      return answer.body.token.id
    },
    upload(filename, content, token = own.admin) {
      const body = new FormData()
      body.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), filename)
      return own.call('POST', '/api/portal/v1/charts/upload', { token, body })
    },
    async uploadEnds(id) {
      for (;;) {
        const answer = await own.call<{ upload: { status: string } }>('GET', `/api/portal/v1/charts/uploads/${id}`)
        const { status } = answer.body.upload
        if (status !== 'pending' && status !== 'processing') return status
        await sleep(50)
      }
    },
    async close() {
      await server.end('SIGTERM')
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  const session = await own.login('admin', 'admin')
  const made = await own.call<{ id: string }>('POST', '/api/portal/v1/apiTokens', { token: session, json: { name: 'Contract' } })
  own.admin = made.body.id
  const json = { name: 'Other', username: 'other', password: 'other' }
  const created = await own.call<{ initialToken: { id: string } }>('POST', '/api/portal/v1/admin/createAccount', { json })
  own.other = created.body.initialToken.id
  return own
}

export async function callAt<T>(
  url: string,
  method: string,
  target: string,
  { token, json, body, headers = {} }: ContractCall,
): Promise<ContractAnswer<T>> {
  const sent = json === undefined ? body : JSON.stringify(json)
  const response = await fetch(url + target, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  const parsed = /json$/.test(type) && bytes.length > 0 ? JSON.parse(bytes.toString()) : null
  return { status: response.status, type, headers: response.headers, bytes, body: parsed as T }
}

/** Checks that a request is refused without a token, with a wrong one and with one that is not a bearer token. */
export async function assertUnauthorized(server: ContractServer, method: string, target: string, json?: unknown): Promise<void> {
  const given = json === undefined ? {} : { json }
  for (const [what, answer] of [
    ['no token', await server.call(method, target, { token: null, ...given })],
    ['a wrong token', await server.call(method, target, { token: WRONG_TOKEN, ...given })],
    [
      'another scheme',
      await server.call(method, target, { token: null, ...given, headers: { authorization: `Basic ${server.admin}` } }),
    ],
  ] as const) {
    assert.equal(answer.status, 401, `${method} ${target} with ${what}`)
    assertProblemAnswer(answer)
  }
}

/** Section 8 of the contract: the body of every error is a problem document. */
export function assertProblemAnswer(answer: ContractAnswer<unknown>): void {
  assert.equal(answer.type, 'application/problem+json')
  const body = answer.body as Record<string, unknown>
  assert.equal(body['status'], answer.status)
  for (const member of ['type', 'title', 'detail', 'code']) assert.equal(typeof body[member], 'string', member)
}

export const keysOf = (value: object): string[] => Object.keys(value).toSorted()
/** Integer milliseconds since the Unix epoch, of this century. */
export const isTime = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 1e12
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
