import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { freePort } from '#test/free-port.ts'

// A separate checkout without a build, which the tests start as `npm start` does. Each test continues where the previous one ended.

const root = path.resolve(import.meta.dirname, '../..')
const HTML = { accept: 'text/html' }
let checkout: string
const databases: TestDatabase[] = []
const running = new Set<Started>()

before(async () => {
  checkout = await mkdtemp(path.join(tmpdir(), 'chartroom-checkout-'))
  const isSource = (file: string) => !/[\\/]portal[\\/](dist|\.build)/.test(file)
  for (const name of ['bin', 'src', 'scripts', 'portal', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    await cp(path.join(root, name), path.join(checkout, name), { recursive: true, filter: isSource })
  }
  await mkdir(path.join(checkout, 'docs'))
  await cp(path.join(root, 'docs/openapi.json'), path.join(checkout, 'docs/openapi.json'))
  for (const name of ['assets', 'node_modules']) await symlink(path.join(root, name), path.join(checkout, name))
})
after(async () => {
  for (const started of running) await started.stop()
  for (const database of databases) await database.close()
  await rm(checkout, { recursive: true, force: true })
})

interface Started {
  url: string
  output(): string
  stop(): Promise<void>
}

/** Starts a server from the checkout by scripts/run.mjs, on a database that is already there. */
async function start(): Promise<Started> {
  const database = await createTestDatabase()
  databases.push(database)
  const port = await freePort()
  const { PATH = '', HOME = '' } = process.env
  const data = path.join(checkout, 'data', String(port))
  const env = { PATH, HOME, DATA_DIR: data, DATABASE_URL: database.url, HOST: '127.0.0.1', PORT: String(port) }
  const child: ChildProcess = spawn('node', ['scripts/run.mjs', 'bin/chartroom.ts', 'serve'], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const url = `http://127.0.0.1:${port}`
  const started: Started = {
    url,
    output: () => text,
    async stop() {
      if (!running.delete(started)) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
  running.add(started)
  await until(async () => (await fetch(`${url}/health/ready`).catch(() => null))?.ok ?? false, started)
  return started
}

/** Waits for what the test is about. The time only ends a test that hangs, with what the server wrote. */
async function until(condition: () => Promise<boolean>, started: Started): Promise<void> {
  for (const deadline = performance.now() + 120_000; !(await condition()); await sleep(50)) {
    assert.ok(performance.now() < deadline, started.output())
  }
}

const statusOf = async ({ url }: Started) => (await fetch(url, { headers: HTML })).status

async function isReady(started: Started): Promise<boolean> {
  assert.doesNotMatch(started.output(), /could not be built/)
  return (await statusOf(started)) === 200
}

test('two servers that start at once answer without a portal, and both serve the one build when it is there', async () => {
  // A third process holds the builds up for as long as it touches its lock.
  const lock = path.join(checkout, 'portal/.build.lock')
  await writeFile(lock, 'test')
  const holding = setInterval(() => void utimes(lock, new Date(), new Date()), 500)
  const servers = await Promise.all([start(), start()])
  for (const started of servers) {
    assert.equal(await statusOf(started), 503)
    assert.match(await (await fetch(`${started.url}/jobs`, { headers: HTML })).text(), /preparing its portal/)
    const login = await fetch(`${started.url}/api/portal/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'admin' }),
    })
    assert.equal(login.status, 200)
  }
  clearInterval(holding)
  await rm(lock)
  for (const started of servers) await until(() => isReady(started), started)
  const pages = await Promise.all(servers.map(async ({ url }) => await (await fetch(url, { headers: HTML })).text()))
  const scripts = pages.map((text) => /src="\.\/(assets\/[^"]+)"/.exec(text)?.[1])
  assert.equal(new Set(scripts).size, 1)
  for (const { url } of servers) assert.equal((await fetch(`${url}/${scripts[0]}`)).status, 200)
  for (const started of servers) {
    assert.match(started.output(), /the portal is ready/)
    await started.stop()
  }
  const left = (await readdir(path.join(checkout, 'portal'))).filter((name) => name.startsWith('dist') || name.startsWith('.'))
  assert.deepEqual(left, ['dist'])
})

test('a later start serves the build at once', async () => {
  const started = await start()
  assert.equal(await statusOf(started), 200)
  assert.doesNotMatch(started.output(), /building the portal/)
  await started.stop()
})

test('a build that fails is named in the log with its reason, and only the portal is missing', async () => {
  const main = path.join(checkout, 'portal/src/main.tsx')
  const source = await readFile(main, 'utf8')
  await writeFile(main, "import './there-is-no-such-file.ts'\n")
  const started = await start()
  await until(async () => /could not be built/.test(await (await fetch(started.url, { headers: HTML })).text()), started)
  const line = started
    .output()
    .split('\n')
    .find((each) => each.includes('the portal could not be built'))
  assert.match(line ?? '', /there-is-no-such-file/)
  assert.equal((await fetch(`${started.url}/health/ready`)).status, 200)
  await started.stop()

  await writeFile(main, source)
  const mended = await start()
  await until(() => isReady(mended), mended)
  await mended.stop()
})

test('a server that is stopped during a build leaves no lock behind', async () => {
  const main = path.join(checkout, 'portal/src/main.tsx')
  await writeFile(main, `${await readFile(main, 'utf8')}\nconsole.log('changed')\n`)
  const lock = path.join(checkout, 'portal/.build.lock')
  await writeFile(lock, 'test')
  const holding = setInterval(() => void utimes(lock, new Date(), new Date()), 500)
  const started = await start()
  await started.stop()
  clearInterval(holding)
  assert.equal(await readFile(lock, 'utf8'), 'test')
  assert.doesNotMatch(started.output(), /could not be built/)
})
