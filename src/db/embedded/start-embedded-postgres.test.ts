import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { silentLog } from '#lib/log.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

const settings = { fsync: 'off', shared_buffers: '16MB', max_connections: '20' }
const root = process.getuid?.() === 0
const log = silentLog()
const asRootOnly = { skip: root ? false : 'needs root' }

let top: string
before(async () => {
  // The real path: on some systems the temporary directory is a link, and messages name real paths.
  top = await realpath(await mkdtemp(path.join(os.tmpdir(), 'chartroom-pg-')))
  await chmod(top, 0o755)
})
after(() => rm(top, { recursive: true, force: true }))

async function dataDir(name: string): Promise<string> {
  const folder = path.join(top, name)
  await mkdir(folder, { recursive: true })
  return folder
}

const start = (folder: string, more: Record<string, string> = {}) =>
  startEmbeddedPostgres({ dataDir: folder, settings: { ...settings, ...more }, runAs: null, log })

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

interface Child {
  process: ChildProcess
  /** Its first line: where its server is, or why there is none. */
  report: { url?: string; adopted?: boolean; error?: string }
  stop(): Promise<void>
}

/** A separate process that starts PostgreSQL as Chartroom does. It stops when its standard input ends. */
async function startChild(folder: string, account: { uid?: number; gid?: number } = {}): Promise<Child> {
  const code = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./start-embedded-postgres.ts', import.meta.url).href)})
    const { silentLog } = await import(${JSON.stringify(import.meta.resolve('#lib/log.ts'))})
    try {
      const server = await startEmbeddedPostgres({ ...${JSON.stringify({ dataDir: folder, settings, runAs: null })}, log: silentLog() })
      console.log(JSON.stringify({ url: server.url, adopted: server.adopted }))
      process.stdin.resume()
      process.stdin.once('end', () => server.stop())
    } catch (error) {
      console.log(JSON.stringify({ error: error.message }))
    }`
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], ...account })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return {
    process: child,
    report: JSON.parse(line) as Child['report'],
    async stop() {
      child.stdin.end()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

async function kill(child: Child): Promise<void> {
  const gone = once(child.process, 'exit')
  child.process.kill('SIGKILL')
  await gone
}

describe('a data directory of its own', () => {
  test('data survives a stop and a second start', async () => {
    const folder = await dataDir('plain')
    const first = await start(folder)
    assert.equal(first.adopted, false)
    assert.match(first.version, /^18\./)
    await query(first.url, 'create table kept (x int)')
    assert.deepEqual(await query(first.url, 'show listen_addresses'), [''])
    assert.deepEqual(await query(first.url, 'show max_connections'), ['20'])
    assert.deepEqual(await query(first.url, 'show data_checksums'), ['on'])
    assert.deepEqual(await query(first.url, 'select datlocale from pg_database where datname = current_database()'), ['C.UTF-8'])
    await Promise.all([first.stop(), first.stop()])
    assert.equal(await readPostmasterFile(path.join(folder, 'postgres', 'data')), null)
    const second = await start(folder, { max_connections: '21' })
    assert.deepEqual(await query(second.url, 'select count(*)::int from kept'), [0])
    assert.deepEqual(await query(second.url, 'show max_connections'), ['21'])
    await second.stop()
  })

  test('other accounts can read neither the data nor the socket folder', async () => {
    const folder = await dataDir('private')
    const server = await start(folder)
    const mode = async (name: string) => (await stat(path.join(folder, 'postgres', name))).mode & 0o777
    assert.equal(await mode('password'), 0o600)
    assert.equal(await mode('data'), 0o700)
    assert.equal(await mode('socket'), 0o700)
    await assert.rejects(query(server.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1'), { code: '28P01' })
    await server.stop()
  })

  test('the path may have spaces, quotes, a dollar, a comma and letters beyond ASCII', async () => {
    const folder = await dataDir('Bücher ✓ "Karten", $HOME\'s `x`')
    const server = await start(folder)
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    await server.stop()
  })

  test('a path too long for a socket moves the socket elsewhere', async () => {
    const folder = await dataDir('long-'.repeat(30))
    const server = await start(folder)
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    const socket = new URL(server.url.replace('@/', '@x/')).searchParams.get('host') ?? ''
    assert.equal((await stat(socket)).mode & 0o777, 0o700)
    await server.stop()
    await rm(socket, { recursive: true })
  })

  test('a start after an interrupted first start succeeds', async () => {
    const folder = await dataDir('interrupted')
    await mkdir(path.join(folder, 'postgres', 'data.unfinished'), { recursive: true })
    await writeFile(path.join(folder, 'postgres', 'data.unfinished', 'PG_VERSION'), '18\n')
    await writeFile(path.join(folder, 'postgres', 'password'), 'of nothing')
    const server = await start(folder)
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    await server.stop()
  })

  test('a wrong setting stops the start with what PostgreSQL says about it', async () => {
    const folder = await dataDir('wrong-setting')
    await assert.rejects(start(folder, { work_mem: 'plenty' }), (error: Error) => {
      assert.ok(error instanceof EmbeddedPostgresError)
      assert.match(error.message, /did not start on .*\n.*work_mem/s)
      return true
    })
    // Nothing is held by the failed start.
    await (await start(folder)).stop()
  })

  test("another major version's data is refused and left alone", async () => {
    const folder = await dataDir('old')
    await (await start(folder)).stop()
    await writeFile(path.join(folder, 'postgres', 'data', 'PG_VERSION'), '16\n')
    await assert.rejects(start(folder), /created by PostgreSQL 16, and this Chartroom contains PostgreSQL 18.*pg_dump/)
    assert.equal(await readFile(path.join(folder, 'postgres', 'data', 'PG_VERSION'), 'utf8'), '16\n')
  })
})

describe('one owner', () => {
  test('a second server is refused, in this process and in another', async () => {
    const folder = await dataDir('second')
    const server = await start(folder)
    await assert.rejects(start(folder), /another Chartroom is running on this data directory/)
    const child = await startChild(folder)
    assert.match(child.report.error ?? '', /another Chartroom is running on this data directory/)
    await child.stop()
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    await server.stop()
  })

  test('of three servers that start at the same moment, one gets the data directory', async () => {
    const folder = await dataDir('same-moment')
    const children = await Promise.all([startChild(folder), startChild(folder), startChild(folder)])
    assert.equal(children.filter((child) => child.report.url !== undefined).length, 1)
    assert.equal(children.filter((child) => /another Chartroom/.test(child.report.error ?? '')).length, 2)
    await Promise.all(children.map((child) => child.stop()))
    assert.equal(await readPostmasterFile(path.join(folder, 'postgres', 'data')), null)
  })

  test('after the lock file is deleted, the lock in the database still refuses a second server', async () => {
    const folder = await dataDir('no-lock-file')
    const server = await start(folder)
    await rm(path.join(folder, 'postgres', 'owner.lock'))
    await assert.rejects(start(folder), /holds the lock in its database/)
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    await server.stop()
  })
})

describe('after kill -9', () => {
  test('a server that an earlier start left running is taken over, with its sessions', async () => {
    const folder = await dataDir('orphan')
    const child = await startChild(folder)
    const session = new pg.Client({ connectionString: child.report.url })
    await session.connect()
    await session.query('create table kept (x int)')
    await kill(child)
    const server = await start(folder)
    assert.equal(server.adopted, true)
    assert.equal(server.url, child.report.url)
    assert.equal((await session.query('select * from kept')).rowCount, 0)
    await session.end()
    await server.stop()
    assert.equal(await readPostmasterFile(path.join(folder, 'postgres', 'data')), null)
  })

  test('committed data survives when Chartroom and its PostgreSQL are killed together', async () => {
    const folder = await dataDir('both')
    const child = await startChild(folder)
    await query(child.report.url ?? '', 'create table kept as select generate_series(1, 1000) x')
    const found = await readPostmasterFile(path.join(folder, 'postgres', 'data'))
    assert.ok(found)
    await kill(child)
    process.kill(found.pid, 'SIGKILL')
    const server = await start(folder)
    assert.equal(server.adopted, false)
    assert.deepEqual(await query(server.url, 'select count(*)::int from kept'), [1000])
    await server.stop()
  })

  test('a start succeeds when the pid in a stale postmaster.pid belongs to another program', async () => {
    const folder = await dataDir('recycled')
    await (await start(folder)).stop()
    const data = path.join(folder, 'postgres', 'data')
    const owner = await stat(data)
    // A process of the same account: the one case in which PostgreSQL by itself refuses.
    const other = spawn('/bin/sh', ['-c', 'read -r line'], {
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
      ...(root ? { uid: owner.uid, gid: owner.gid } : {}),
    })
    const socket = path.join(folder, 'postgres', 'socket')
    await writeFile(
      path.join(data, 'postmaster.pid'),
      `${other.pid}\n${data}\n1700000000\n5432\n${socket}\n\n  5432001   32768\nready   \n`,
    )
    await chown(path.join(data, 'postmaster.pid'), owner.uid, owner.gid)
    const server = await start(folder)
    assert.equal(server.adopted, false)
    assert.equal(other.exitCode, null)
    await server.stop()
    other.stdin.end()
  })

  test('a PostgreSQL that dies alone is restarted', async () => {
    const folder = await dataDir('comes-back')
    let resolve: () => void = () => undefined
    const back = new Promise<void>((done) => {
      resolve = done
    })
    const listening = Object.assign(silentLog(), { info: (text: unknown) => text === 'PostgreSQL is back' && resolve() })
    const server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir: folder, settings, runAs: null, log: listening })
    const found = await readPostmasterFile(path.join(folder, 'postgres', 'data'))
    assert.ok(found)
    process.kill(found.pid, 'SIGKILL')
    await back
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    await assert.rejects(start(folder), /another Chartroom/)
    await server.stop()
    assert.equal(await readPostmasterFile(path.join(folder, 'postgres', 'data')), null)
  })
})

describe('the file of the socket disappears', () => {
  const gone = async (folder: string) => rm(path.join(folder, 'postgres', 'socket'), { recursive: true })

  test('PostgreSQL restarts when its socket file disappears while Chartroom runs', async () => {
    const folder = await dataDir('socket-gone')
    const back = Promise.withResolvers<void>()
    const listening = Object.assign(silentLog(), { info: (text: unknown) => text === 'PostgreSQL is back' && back.resolve() })
    const server = await startEmbeddedPostgres({ dataDir: folder, settings, runAs: null, log: listening })
    await gone(folder)
    await back.promise
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    await server.stop()
  })

  test('the next start restarts a PostgreSQL whose socket file disappeared while Chartroom was stopped', async () => {
    const folder = await dataDir('socket-gone-before')
    const child = await startChild(folder)
    await kill(child)
    await gone(folder)
    const server = await start(folder)
    assert.equal(server.adopted, false)
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    await server.stop()
  })
})

describe('accounts', () => {
  test('a normal user runs PostgreSQL in the data directory itself', asRootOnly, async (t) => {
    const folder = await dataDir('normal-user')
    const nobody = { uid: 65_534, gid: 65_534 }
    await chown(folder, nobody.uid, nobody.gid)
    if (!(await mayRead(import.meta.filename, nobody))) return t.skip('other accounts cannot read this checkout')
    const child = await startChild(folder, nobody)
    assert.equal(child.report.error, undefined)
    assert.deepEqual(await query(child.report.url ?? '', 'select 1'), [1])
    assert.equal((await stat(path.join(folder, 'postgres'))).mode & 0o777, 0o700)
    await child.stop()
    // Root continues with the same data under the account it belongs to.
    const server = await start(folder)
    assert.deepEqual(await query(server.url, 'select 1'), [1])
    await server.stop()
    assert.equal((await stat(path.join(folder, 'postgres', 'data'))).uid, nobody.uid)
  })

  test(
    'root, data directory where only root may enter: the database lives elsewhere and is found again',
    asRootOnly,
    async () => {
      const hidden = await dataDir('hidden')
      await chmod(hidden, 0o700)
      const folder = await dataDir('hidden/data')
      const first = await start(folder)
      const home = (await readFile(path.join(folder, 'postgres', 'LOCATION'), 'utf8')).trim()
      try {
        assert.match(home, /^\/var\/lib\/chartroom\/[0-9a-f]{16}$/)
        assert.equal((await stat(path.join(home, 'data'))).mode & 0o777, 0o700)
        await query(first.url, 'create table kept (x int)')
        await first.stop()
        const second = await start(folder)
        assert.deepEqual(await query(second.url, 'select count(*)::int from kept'), [0])
        await second.stop()
        assert.equal((await stat(hidden)).mode & 0o777, 0o700)
      } finally {
        await first.stop()
        await rm(home, { recursive: true })
      }
    },
  )

  test(
    'POSTGRES_RUN_AS is refused for an unknown account, for root, and for one that does not own the data',
    asRootOnly,
    async () => {
      const folder = await dataDir('run-as')
      const startAs = (runAs: string) => startEmbeddedPostgres({ dataDir: folder, settings, runAs, log })
      await assert.rejects(
        startAs('no-such-account'),
        /POSTGRES_RUN_AS is "no-such-account", but this machine has no such account/,
      )
      await assert.rejects(startAs('root'), /which is root/)
      const server = await startAs('nobody')
      assert.equal((await stat(path.join(folder, 'postgres', 'data'))).uid, 65_534)
      await server.stop()
      await assert.rejects(startAs('daemon'), /belongs to account number 65534.*chown/)
      await (await start(folder)).stop()
    },
  )
})

async function mayRead(file: string, account: { uid: number; gid: number }): Promise<boolean> {
  const child = spawn('/bin/sh', ['-c', 'test -r "$0" && test -x "$1"', file, process.execPath], { cwd: '/', ...account })
  const [code] = (await once(child, 'exit')) as [number]
  return code === 0
}
