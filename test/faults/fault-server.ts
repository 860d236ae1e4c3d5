import { readFile } from 'node:fs/promises'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'
import type { FaultContext, FaultReport } from './fault-case.ts'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  milliseconds: number
}

export interface SendOptions {
  body?: string | Uint8Array | undefined
  headers?: Record<string, string>
  token?: string | null
  agent?: Agent
  /** Milliseconds after which no answer is an error. Default 60,000. */
  timeout?: number
}

/** A server process with the session of its administrator. */
export interface FaultServer extends ServerProcess {
  token: string
  dataDir: string
  /** Sends a request with the path as it is. @throws when the connection breaks or no answer comes in time. */
  send(method: string, target: string, options?: SendOptions): Promise<RawAnswer>
  /** Uploads a file; the id, or the refusal. */
  upload(filename: string, content: Uint8Array): Promise<{ id: number } | { refused: RawAnswer }>
  /** Waits for the end of an upload. @returns its state and log, or null when it is late. */
  uploadEnd(id: number, milliseconds: number): Promise<{ status: string; text: string } | null>
  /** Resident memory now, in MB (2^20); 0 when the process has ended. */
  residentMegabytes(): Promise<number>
  isRunning(): boolean
}

/** Starts a server, runs `attack`, and stops the server. A server that has died counts as broken. */
export async function attackServer(
  context: FaultContext,
  environment: Record<string, string>,
  attack: (server: FaultServer, broken: string[]) => Promise<string>,
  descriptors?: number,
): Promise<FaultReport> {
  const broken: string[] = []
  const server = await startFaultServer(context, environment, descriptors)
  let seen = ''
  try {
    seen = await attack(server, broken)
  } catch (error) {
    broken.push(`the case was cut short: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!server.isRunning()) broken.push(`the server has ended: ${server.output().slice(-500)}`)
  await endServer(server)
  return { broken, seen }
}

/** Ends a server within 60 seconds, by force if it must be. */
export async function endServer(server: ServerProcess): Promise<void> {
  const force = setTimeout(() => server.child.kill('SIGKILL'), 60_000)
  await server.end('SIGTERM')
  clearTimeout(force)
}

export async function startFaultServer(
  context: FaultContext,
  environment: Record<string, string>,
  descriptors?: number,
): Promise<FaultServer> {
  const dataDir = environment['DATA_DIR'] ?? path.join(context.folder, 'data')
  const server = await startServerProcess({ DATA_DIR: dataDir, ...environment }, ['serve'], descriptors)
  const keepAlive = new Agent({ keepAlive: true, maxSockets: 64 })
  const own: FaultServer = {
    ...server,
    dataDir,
    token: '',
    isRunning: () => server.child.exitCode === null && server.child.signalCode === null,
    send: (method, target, given = {}) => sendRaw(server.url, method, target, { agent: keepAlive, token: own.token, ...given }),
    async upload(filename, content) {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(content)]), filename)
      const encoded = new Response(form)
      const type = encoded.headers.get('content-type') ?? ''
      const body = new Uint8Array(await encoded.arrayBuffer())
      const answer = await own.send('POST', '/api/portal/v1/charts/upload', { body, headers: { 'content-type': type } })
      return answer.status === 200 ? { id: JSON.parse(answer.text).upload.id } : { refused: answer }
    },
    async uploadEnd(id, milliseconds) {
      for (const deadline = performance.now() + milliseconds; performance.now() < deadline; await sleep(100)) {
        const answer = await own.send('GET', `/api/portal/v1/charts/uploads/${id}`).catch(() => null)
        if (answer?.status !== 200) continue
        const { upload } = JSON.parse(answer.text) as { upload: { status: string; logs: { type: string; message: string }[] } }
        const text = upload.logs.map((line) => `${line.type}: ${line.message}`).join('\n')
        if (['succeeded', 'failed', 'cancelled'].includes(upload.status)) return { status: upload.status, text }
      }
      return null
    },
    async residentMegabytes() {
      const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8').catch(() => '')
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
    },
  }
  own.token = await logIn(own, environment['INITIAL_ADMIN_PASSWORD'] ?? 'admin')
  return own
}

/** Logs in as the administrator; the session's bearer string. */
export async function logIn(server: FaultServer, password: string): Promise<string> {
  const body = JSON.stringify({ username: 'admin', password })
  const headers = { 'content-type': 'application/json' }
  const answer = await server.send('POST', '/api/portal/v1/auth/login', { body, headers, token: null })
  if (answer.status !== 200) throw new Error(`the login was answered ${answer.status}: ${answer.text}`)
  return (JSON.parse(answer.text) as { token: { id: string } }).token.id
}

function sendRaw(url: string, method: string, target: string, options: SendOptions): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const { body, headers = {}, token, agent, timeout = 60_000 } = options
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request({
      hostname,
      port,
      method,
      path: target,
      ...(agent === undefined ? {} : { agent }),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    })
    const late = setTimeout(
      () => sent.destroy(new Error(`no answer to ${method} ${target.slice(0, 100)} in ${timeout} ms`)),
      timeout,
    )
    sent.once('error', (error) => {
      clearTimeout(late)
      reject(error)
    })
    sent.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        // An event stream never ends by itself.
        if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy()
      })
      response.once('error', () => undefined)
      response.once('close', () => {
        clearTimeout(late)
        const { statusCode = 0 } = response
        resolve({ status: statusCode, headers: response.headers, text, milliseconds: performance.now() - started })
      })
    })
    sent.end(body)
  })
}

/** A 5xx that a client can do nothing with: all but a 503, and a 507, that say why; a 503 must say when to come back. */
export function isServerFault({ status, headers }: Pick<RawAnswer, 'status' | 'headers'>): boolean {
  if (status < 500 || status === 507) return false
  return status !== 503 || headers['retry-after'] === undefined
}
