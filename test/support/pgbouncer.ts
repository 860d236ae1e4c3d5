import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, chmodSync, constants } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { addressThrough, startDatabaseProxy } from './database-proxy.ts'
import { freePort } from './free-port.ts'

export interface PgBouncer {
  /** The address of the database through the pooler. */
  url: string
  [Symbol.asyncDispose](): Promise<void>
}

/** Why PgBouncer cannot run here, for `skip`; false where it can. */
export const NO_PGBOUNCER = findProgram() === null && 'PgBouncer is not installed (Debian package pgbouncer)'

/** Starts a PgBouncer in front of a database, with at most four server connections. */
export async function startPgBouncer(databaseUrl: string, poolMode: 'session' | 'transaction'): Promise<PgBouncer> {
  const program = findProgram()
  if (program === null) throw new Error('PgBouncer is not installed')
  // The socket of the test server admits its own account only, and PgBouncer runs under another.
  const hop = await startDatabaseProxy(databaseUrl)
  const { user, password, database, port: hopPort } = new pg.Client({ connectionString: hop.url })
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chartroom-pgbouncer-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const settings = `[databases]
${database} = host=127.0.0.1 port=${hopPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${path.join(folder, 'users.txt')}
pool_mode = ${poolMode}
default_pool_size = 4
`
  await writeFile(path.join(folder, 'users.txt'), `"${user}" "${password ?? ''}"\n`)
  await writeFile(path.join(folder, 'pgbouncer.ini'), settings)
  // It refuses to run as root.
  const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const child = spawn(program, [path.join(folder, 'pgbouncer.ini')], { stdio: ['ignore', 'ignore', 'pipe'], ...account })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const gone = once(child, 'exit')
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer did not start:\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    url: addressThrough(databaseUrl, port),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await gone
      await hop[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function findProgram(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin']
  const isProgram = (file: string) => {
    try {
      accessSync(file, constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  return folders.map((folder) => path.join(folder, 'pgbouncer')).find(isProgram) ?? null
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const accepted = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return accepted
}
