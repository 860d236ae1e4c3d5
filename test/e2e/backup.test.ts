import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { type MirrorCellOverrides, writeMirror } from '#test/cells.ts'
import { createEmptyDatabase } from '#test/database.ts'
import { runChartroom, type ServerProcess, spawnChartroom, startServerProcess } from '#test/server-process.ts'

// Real servers and the real command line: a server with charts, accounts and styles is backed up while it serves, and restored elsewhere.

const CELLS = 12
/** Tiles that are compared; a longer run outside the suite asks for more. */
const TILES = Number(process.env['TEST_BACKUP_TILES'] ?? 100)
const TOKEN = 'c0ffee'.padEnd(32, '0')
const PASSPHRASE = 'a passphrase of the tests'
const ended = (state: unknown) => ['completed', 'failed', 'cancelled'].includes(String(state))

describe('backup and restore of a server', { timeout: 400_000 }, () => {
  let folder: string
  let server: ServerProcess
  const running: ServerProcess[] = []
  const environmentOf = (name: string): Record<string, string> => ({
    DATA_DIR: path.join(folder, name),
    PUBLIC_CHARTS_URL: pathToFileURL(path.join(folder, 'mirror', 'ENCProdCat.xml')).href,
    PROVISIONING_DEFAULT_TOKEN: TOKEN,
    BACKUP_PASSPHRASE: PASSPHRASE,
    BACKUP_KEEP: '1',
    LOG_LEVEL: 'warn',
  })
  const start = async (environment: Record<string, string>) => {
    const started = await startServerProcess(environment)
    running.push(started)
    return started
  }
  const file = () => path.join(folder, 'backup.tar')

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chartroom-backup-'))
    const cells = Array.from(
      { length: CELLS },
      (_, n): MirrorCellOverrides => ({
        name: `XX5${String(n).padStart(5, '0')}`,
        box: [-80 + n / 10, 32, -79.9 + n / 10, 32.1],
      }),
    )
    await writeMirror(path.join(folder, 'mirror'), cells)
    server = await start(environmentOf('data'))
    const api = await server.api()
    for (const [route, body] of [
      ['styles', { name: 'Mine', theme: 'dusk' }],
      ['apiTokens', { name: 'Another token' }],
    ] as const) {
      const answer = await fetch(`${server.url}/api/portal/v1/${route}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${api.session}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      assert.ok(answer.ok, `${route}: ${await answer.text()}`)
    }
    await runJob(server, 'refresh-public-charts')
  })
  after(async () => {
    await Promise.all(running.map((each) => each.end('SIGTERM')))
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  let facts: Awaited<ReturnType<typeof factsOf>>
  let tokens: unknown

  test('a kill during a backup leaves the earlier file, and the next backup succeeds beside the running server', async () => {
    facts = await settledFactsOf(server)
    // Little data is written in a moment, which a busy machine can miss.
    let isKilled = false
    for (let attempt = 1; !isKilled && attempt <= 10; attempt++) {
      await writeFile(file(), 'an earlier backup')
      isKilled = await killWhen(['backup', file()], environmentOf('data'), () => existsSync(`${file()}.partial`))
    }
    assert.ok(isKilled, 'every backup ended before it was killed')
    assert.equal(await readFile(file(), 'utf8'), 'an earlier backup')
    tokens = await tokensOf(server)
    const made = await runChartroom(environmentOf('data'), ['backup', file()])
    assert.equal(made.code, 0, made.output)
    assert.match(made.output, /Wrote and verified .*backup\.tar/)
    assert.deepEqual(await factsOf(server), facts)
  })

  test('a kill during a restore leaves a data directory that no server starts on, and the next restore completes it', async () => {
    const environment = environmentOf('restored')
    const mark = path.join(folder, 'restored', 'restore-unfinished')
    assert.ok(await killWhen(['restore', file()], environment, () => existsSync(mark)))
    const refused = await runChartroom(environment)
    assert.equal(refused.code, 1)
    assert.match(refused.output, /the restore of .*backup\.tar into .* is unfinished: run `chartroom restore`/)
    const restored = await runChartroom(environment, ['restore', file()])
    assert.equal(restored.code, 0, restored.output)
    assert.match(restored.output, /The secret key is restored too/)
  })

  test('a restored server has the same jobs, cells, tokens, styles and tiles', async () => {
    const restored = await start(environmentOf('restored'))
    // Before the tiles: their requests renew the time of the token's last use.
    assert.deepEqual(await tokensOf(restored), tokens)
    const found = await factsOf(restored)
    for (const [name, value] of Object.entries(facts)) assert.deepEqual(found[name as keyof typeof found], value, name)
    assert.ok(facts.tiles.filter((etag) => etag.startsWith('200')).length >= Math.min(TILES, CELLS))
    const replaced = await runChartroom(environmentOf('restored'), ['restore', file()])
    assert.equal(replaced.code, 1)
    assert.match(replaced.output, /another Chartroom is running on this data directory/)
    await restored.end('SIGTERM')
  })

  test('a job makes backups too, and keeps as many as it should', async () => {
    const backups = path.join(folder, 'data', 'backups')
    const first = await runJob(server, 'backup')
    assert.equal(first.result?.['hasKey'], true)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const second = await runJob(server, 'backup')
    assert.notEqual(first.result?.['file'], second.result?.['file'])
    assert.deepEqual(await readdir(backups), [second.result?.['file']])
  })

  test('a backup taken during a refresh restores into another database, where the refresh completes', async () => {
    const source = await start(environmentOf('refreshing'))
    const api = await source.api()
    await api.createJob('refresh-public-charts')
    const during = path.join(folder, 'during.tar')
    const made = await runChartroom(environmentOf('refreshing'), ['backup', during])
    assert.equal(made.code, 0, made.output)
    await source.end('SIGTERM')
    await using database = await createEmptyDatabase()
    const environment = { ...environmentOf('elsewhere'), DATABASE_URL: database.url }
    const restored = await runChartroom(environment, ['restore', during])
    assert.equal(restored.code, 0, restored.output)
    const found = await sql<{ id: string }>`select id from job where job_type = 'refresh-public-charts'`.execute(database.db)
    assert.equal(found.rows.length, 1)
    // As after a longer time: a job without a sign of life for a minute is taken over.
    await sql`update job set updated_at = now() - interval '5 minutes'`.execute(database.db)
    const target = await start(environment)
    const job = await until(async () => {
      const { jobs } = await (await target.api()).listJobs({ limit: 200 })
      return jobs.find((each) => each.id === found.rows[0]?.id && ended(each.jobState))
    })
    assert.equal(job.jobState, 'completed', JSON.stringify(job.logs))
    assert.equal((await factsOf(target)).cells.length, CELLS)
    await target.end('SIGTERM')
  })

  test('a backup of a folder without a database is refused and writes nothing', async () => {
    const { code, output } = await runChartroom(environmentOf('nowhere'), ['backup', path.join(folder, 'nothing.tar')])
    assert.equal(code, 1)
    assert.match(output, /The backup failed: .*nowhere has no database: set DATA_DIR, or DATABASE_URL, as for the server/)
    assert.ok(!existsSync(path.join(folder, 'nothing.tar')))
  })
})

async function runJob(server: ServerProcess, jobType: string) {
  const api = await server.api()
  const id = await api.createJob(jobType)
  const job = await until(async () => (await api.listJobs()).jobs.find((each) => each.id === id && ended(each.jobState)))
  assert.equal(job.jobState, 'completed', JSON.stringify(job.logs))
  return job
}

/** Starts a command and kills it as soon as `isReached` says so. @returns false when it ended before. */
async function killWhen(
  command: readonly string[],
  environment: Record<string, string>,
  isReached: () => boolean,
): Promise<boolean> {
  const { child } = spawnChartroom(environment, command)
  const gone = once(child, 'exit')
  while (!isReached() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1))
  child.kill('SIGKILL')
  const [code] = (await gone) as [number | null]
  return code === null
}

async function factsOf({ url, api }: ServerProcess) {
  const client = await api()
  const get = async (route: string, bearer = client.session) => {
    const answer = await fetch(`${url}${route}`, { headers: { authorization: `Bearer ${bearer}` } })
    assert.ok(answer.ok, `${route}: ${answer.status}`)
    return answer
  }
  const { jobs } = await client.listJobs({ limit: 200 })
  const tiles: string[] = []
  const [left, top, zoom] = [(100 / 360) * 2 ** 14, 6_648, 14]
  for (let n = 0; n < TILES; n++) {
    const tile = `${zoom}/${Math.floor(left) + (n % 60)}/${top + Math.floor(n / 60)}`
    const answer = await get(`/api/v2/tiles/enc-v2/${tile}.mvt`, TOKEN)
    await answer.arrayBuffer()
    tiles.push(`${answer.status} ${answer.headers.get('etag')}`)
  }
  return {
    jobs: jobs.filter((job) => job.jobType !== 'backup'),
    cells: await client.listCells(),
    styles: await (await get('/api/portal/v1/styles')).json(),
    tiles,
  }
}

/** What two looks in a row agree on: the tiles follow a refresh within about a second. */
async function settledFactsOf(server: ServerProcess) {
  let earlier = await factsOf(server)
  return until(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const facts = await factsOf(server)
    const isSettled = isDeepStrictEqual(facts, earlier)
    earlier = facts
    return isSettled ? facts : undefined
  })
}

async function tokensOf({ url, api }: ServerProcess): Promise<unknown> {
  const { session } = await api()
  const answer = await fetch(`${url}/api/portal/v1/apiTokens`, { headers: { authorization: `Bearer ${session}` } })
  assert.ok(answer.ok, `${answer.status}`)
  return await answer.json()
}

async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
