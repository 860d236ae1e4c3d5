import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { freePort } from './free-port.ts'
import { buildPortal } from './portal-build.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** The real server in a separate process, with the portal, on its own database. */
export interface PortalServer {
  /** Without a final slash. */
  url: string
  database: TestDatabase
  /** The bearer string of a new session of the administrator. */
  session(): Promise<string>
  /** Ends the server with SIGKILL; `start` brings it back at the same address. */
  kill(): Promise<void>
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * @param environment further settings, such as `PUBLIC_CHARTS_URL`.
 * @param command of the server, such as one that leaves the jobs to an engine of the test.
 */
export async function startPortalServer(
  environment: Record<string, string> = {},
  command: readonly string[] = ['serve'],
): Promise<PortalServer> {
  buildPortal()
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-portal-'))
  const database = await createTestDatabase()
  const settings = {
    PORT: String(await freePort()),
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: database.url,
    ...environment,
  }
  let server: ServerProcess = await startServerProcess(settings, command)
  return {
    url: server.url,
    database,
    session: () => signIn(server.url),
    kill: async () => void (await server.end('SIGKILL')),
    async start() {
      server = await startServerProcess(settings, command)
    },
    async [Symbol.asyncDispose]() {
      await server.end('SIGTERM')
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Signs in as the administrator of a first start. @returns the bearer string. */
export async function signIn(url: string, credentials = { username: 'admin', password: 'admin' }): Promise<string> {
  const answer = await fetch(`${url}/api/portal/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  if (!answer.ok) throw new Error(`the sign-in failed: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { token: { id: string } }).token.id
}
