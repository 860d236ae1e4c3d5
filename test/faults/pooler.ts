import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort, runChartroom } from '#test/server-process.ts'
import { startTestServer } from '../../scripts/test-database.ts'
import type { FaultCase } from './fault-case.ts'

const PROGRAM = '/usr/sbin/pgbouncer'

export const pooler: FaultCase = {
  name: 'pooler',
  title: 'behind PgBouncer in transaction mode the start is refused with instructions',
  async run({ folder }) {
    if (spawnSync(PROGRAM, ['--version']).status !== 0)
      return { skipped: 'PgBouncer (Debian package pgbouncer) is not installed' }
    const postgres = await startTestServer()
    const { host, port, user, password } = new pg.Client({ connectionString: postgres.url })
    const listens = await freePort()
    const ini = path.join(folder, 'pgbouncer.ini')
    const lines = [
      '[databases]',
      `postgres = host=${host} port=${port} user=${user} password=${password}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${listens}`,
      'unix_socket_dir =',
      'auth_type = any',
      'pool_mode = transaction',
      'ignore_startup_parameters = extra_float_digits,statement_timeout,lock_timeout,idle_in_transaction_session_timeout',
    ]
    await writeFile(ini, `${lines.join('\n')}\n`)
    await chmod(ini, 0o644)
    // It refuses to be root, and must enter the folder of the socket.
    const owner = host.startsWith('/') ? await stat(host) : null
    const account = owner === null ? {} : { uid: owner.uid, gid: owner.gid }
    const bouncer = spawn(PROGRAM, [ini], { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', ...account })
    const gone = once(bouncer, 'exit')
    try {
      for (let i = 0; i < 100 && !(await listensAt(listens)); i++) await sleep(100)
      const environment = {
        DATA_DIR: path.join(folder, 'data'),
        DATABASE_URL: `postgresql://any:any@127.0.0.1:${listens}/postgres`,
      }
      const started = runChartroom(environment)
      const outcome = await Promise.race([started, sleep(60_000, null)])
      if (outcome === null) return { broken: ['the server started without a word, or hangs'], seen: '' }
      const told = /pool|transaction mode/i.test(outcome.output)
      return { broken: told ? [] : ['the refusal does not name the pooler'], seen: outcome.output.trim().slice(-300) }
    } finally {
      bouncer.kill('SIGTERM')
      await gone
      await postgres.stop()
    }
  },
}

function listensAt(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  }).finally(() => socket.destroy())
}
