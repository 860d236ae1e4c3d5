import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { sampleCell } from '#test/cells.ts'
import { freePort } from '#test/free-port.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// The commands against a real server with the charts of the invented coast.

const root = path.resolve(import.meta.dirname, '../..')
let folder: string
let server: ServerProcess
let environment: Record<string, string>

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-cli-'))
  await chmod(folder, 0o755)
  await writeDemoMirror(path.join(folder))
  environment = {
    DATA_DIR: path.join(folder, 'data'),
    PUBLIC_CHARTS_URL: pathToFileURL(path.join(folder, 'ENCProdCat.xml')).href,
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
  }
  server = await startServerProcess(environment)
})
after(async () => {
  await server?.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs a command as a person would, with its own home directory. */
async function chartroom(
  arguments_: readonly string[],
  given: { input?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'bin/chartroom.ts', ...arguments_], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, CHARTROOM_URL: server.url, ...given.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
  child.stdin.end(given.input ?? '')
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...texts }
}

/** Sends a signal to a command as soon as this holds. @returns its exit code. */
async function interrupt(arguments_: readonly string[], env: Record<string, string>, when: (out: string) => boolean) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'bin/chartroom.ts', ...arguments_], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, CHARTROOM_URL: server.url, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const closed = once(child, 'close') as Promise<[number | null]>
  while (child.exitCode === null && !when(out)) await setTimeout(5)
  child.kill('SIGINT')
  return (await closed)[0]
}

async function json<T>(...arguments_: string[]): Promise<T> {
  const { code, out, err } = await chartroom([...arguments_, '--json'])
  assert.equal(code, 0, err)
  return JSON.parse(out) as T
}

test('without a login a command says how to log in', async () => {
  const { code, err } = await chartroom(['jobs', 'list'])
  assert.equal(code, 4)
  assert.match(err, /Run "chartroom login http/)
})

test('a wrong password is refused, and nothing is stored', async () => {
  const { code, err } = await chartroom(['login', '-u', 'admin', '--password-stdin'], { input: 'wrong\n' })
  assert.equal(code, 4)
  assert.match(err, /refuses this user name and password/)
  await assert.rejects(stat(path.join(folder, '.config/chartroom/login.json')))
})

test('a login is stored for its owner alone, and serves the other commands', async () => {
  const { code, out } = await chartroom(['login', '-u', 'admin', '--password-stdin'], { input: 'admin\n' })
  assert.equal(code, 0)
  assert.match(out, /Logged in to http.* as admin/)
  const file = path.join(folder, '.config/chartroom/login.json')
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.doesNotMatch(await readFile(file, 'utf8'), /"password"/)
})

test('a stored token is not sent to another server', async () => {
  const { code, err } = await chartroom(['jobs', 'list', '--url', `http://127.0.0.1:${await freePort()}`])
  assert.equal(code, 4)
  assert.match(err, /the last login is for/)
})

test('a server that does not answer is exit code 3', async () => {
  const env = { CHARTROOM_URL: `http://127.0.0.1:${await freePort()}`, CHARTROOM_TOKEN: '0'.repeat(32) }
  for (const command of ['list', 'watch']) {
    const { code, err } = await chartroom(['jobs', command], { env })
    assert.equal(code, 3)
    assert.match(err, /Cannot reach Chartroom at/)
  }
})

test('start --watch follows a refresh to its end', async () => {
  const { code, out } = await chartroom(['jobs', 'start', 'refresh-public-charts', '--watch'])
  assert.equal(code, 0, out)
  assert.match(out, /100 % {2}completed/)
  assert.match(out, /refresh-public-charts completed\n.*indexed 5/)
})

test('jobs are listed as a table without colours, and found by the end of their id', async () => {
  const { out } = await chartroom(['jobs', 'list'])
  const [head, line] = out.split('\n')
  assert.match(head ?? '', /^ID +TYPE +STATE +% +CREATED +TOOK$/)
  assert.match(line ?? '', /^[0-9a-f-]{36} {2}refresh-public-charts {2}completed +100 /)
  assert.equal(out.includes('\u001b'), false)
  const id = line?.slice(0, 36) ?? ''
  const { code, out: logs } = await chartroom(['jobs', 'logs', '-f', id.slice(-8)])
  assert.equal(code, 0)
  assert.match(logs, /The catalogue lists 5 cells/)
  assert.equal((await chartroom(['jobs', 'watch', id])).code, 0)
})

test('cells are listed and shown', async () => {
  const { cells, total } = await json<{ cells: { name: string }[]; total: number }>('charts', 'list')
  assert.equal(total, 5)
  const { out } = await chartroom(['charts', 'show', cells[0]?.name ?? ''])
  assert.match(out, /^edition +\d+, update \d+/m)
  assert.match(out, /^source +invented$/m)
  assert.match((await chartroom(['charts', 'list'])).out, /^XX5DEMOA .* invented +yes/m)
  assert.equal((await chartroom(['charts', 'show', 'XX9NONE1'])).code, 5)
})

test('an upload waits for its cells, and its exit code tells whether all could be indexed', async () => {
  const good = await chartroom(['upload', path.join(folder, 'XX5DEMOA.zip')])
  assert.equal(good.code, 0, good.out + good.err)
  assert.match(good.out, /succeeded: cells 1 indexed/)
  const broken = path.join(folder, 'XX5BROKE.000')
  const cell = sampleCell({ name: 'XX5BROKE' })
  await writeFile(broken, cell.subarray(0, cell.length >> 1))
  const told = await chartroom(['upload', broken])
  assert.match(told.out, /failed: cells 1 failed\n.*\n {2}XX5BROKE: .{10}/)
  const bad = await chartroom(['upload', '--json', broken, path.join(folder, 'notes.txt')])
  assert.notEqual(bad.code, 0)
  const [first, second] = JSON.parse(bad.out) as { upload?: { status: string }; error?: string }[]
  assert.equal(first?.upload?.status, 'failed')
  assert.match(second?.error ?? '', /Cannot read .*notes\.txt/)
})

test('a token is created, works by itself, and is revoked by its name', async () => {
  const created = await chartroom(['tokens', 'create', 'script'])
  assert.match(created.out, /^[0-9a-f]{32}\n$/)
  const env = { HOME: '/nowhere', CHARTROOM_TOKEN: created.out.trim() }
  assert.equal((await chartroom(['charts', 'list'], { env })).code, 0)
  assert.doesNotMatch((await chartroom(['tokens', 'list'])).out, new RegExp(created.out.trim()))
  const headers = { authorization: `Bearer ${created.out.trim()}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'everywhere', restrictions: { hosts: [] } })
  await fetch(`${server.url}/api/portal/v1/apiTokens`, { method: 'POST', headers, body })
  assert.match((await chartroom(['tokens', 'list'])).out, /^\S+ +everywhere .* any$/m)
  assert.equal((await chartroom(['tokens', 'revoke', 'script'])).code, 0)
  assert.equal((await chartroom(['charts', 'list'], { env })).code, 4)
})

test('a value that the server refuses is exit code 2, as one that the command refuses', async () => {
  for (const arguments_ of [
    ['jobs', 'list', '--state', 'done'],
    ['jobs', 'start', 'refresh-charts'],
    ['charts', 'list', '--bbox', '1,2,3'],
    ['tokens', 'create', 'page', '--host', 'a b'],
  ]) {
    const { code, err } = await chartroom(arguments_)
    assert.equal(code, 2, `${arguments_.join(' ')}: ${err}`)
    assert.match(err, /is not valid: .* must /)
  }
})

test('an address without Chartroom is exit code 3, and not a job or a cell that does not exist', async () => {
  const token = (await chartroom(['tokens', 'create', 'elsewhere'])).out.trim()
  const env = { CHARTROOM_URL: `${server.url}/enc`, CHARTROOM_TOKEN: token }
  for (const arguments_ of [
    ['jobs', 'list'],
    ['jobs', 'watch', '01a22a26-da89-70f9-ac01-5b4e41348055'],
    ['charts', 'show', 'XX5DEMOA'],
    ['login', '-u', 'admin', '--password-stdin'],
  ]) {
    const { code, err } = await chartroom(arguments_, { env, input: 'admin\n' })
    assert.equal(code, 3, `${arguments_.join(' ')}: ${err}`)
    assert.match(err, /There is no Chartroom at .*\/enc/)
  }
})

test('a name that would change the path of the URL is not a cell', async () => {
  for (const name of ['', '.', '..', '../uploads']) assert.equal((await chartroom(['charts', 'show', name])).code, 5, name)
})

test('cancel and retry say what the server says', async () => {
  const { jobs } = await json<{ jobs: { id: string }[] }>('jobs', 'list', '--type', 'refresh-public-charts')
  const late = await chartroom(['jobs', 'cancel', jobs[0]?.id ?? ''])
  assert.equal(late.code, 0)
  assert.match(late.out, /^refresh-public-charts .* had completed before; nothing was cancelled$/m)
  const retried = await chartroom(['jobs', 'retry', jobs[0]?.id ?? ''])
  assert.equal(retried.code, 1)
  assert.match(retried.err, /completed/)
  assert.equal((await chartroom(['jobs', 'cancel', 'ffffffffffff'])).code, 5)
})

test('a command that is interrupted says so by its exit code, also a backup', async () => {
  assert.equal(await interrupt(['jobs', 'watch', '--json'], {}, (out) => out.includes('\n')), 130)
  const file = path.join(folder, 'interrupted.tar')
  const code = await interrupt(['backup', file], environment, () => existsSync(`${file}.partial`))
  // The signal may come when the file is about to be complete; then it is whole.
  assert.equal(code, existsSync(file) ? 0 : 130)
})

test('the doctor finds a running server in order', async () => {
  const { code, out } = await chartroom(['doctor'], { env: environment })
  assert.equal(code, 0, out)
  assert.match(out, /Chartroom is running on port \d+ and ready/)
  assert.match(out, /Everything is in order/)
  // The longest name sets the column of the words.
  assert.match(out, /^ok {7}settings {9}Every/m)
  assert.match(out, /^ok {7}S-100 signatures \S/m)
})

test('the dashboard and the alerts name only metrics that the server has', async () => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  const has = new Set([...metrics.matchAll(/^# TYPE (\S+) (\S+)/gm)].map(([, name = '']) => name))
  for (const file of ['docs/grafana-dashboard.json', 'docs/prometheus-alerts.yaml']) {
    const text = await readFile(path.join(root, file), 'utf8')
    if (file.endsWith('.json')) assert.ok((JSON.parse(text) as { panels: unknown[] }).panels.length > 10)
    const named = [...new Set(text.match(/\b(?:chartroom|process|nodejs)_[a-z0-9_]+/g))]
    assert.ok(named.length > 5)
    const unknown = named.filter((name) => !has.has(name) && !has.has(name.replace(/_(bucket|count|sum)$/, '')))
    assert.deepEqual(unknown, [], file)
  }
})

test('bash completes commands, options and the values of options', async () => {
  const { out } = await chartroom(['completion', 'bash'])
  const script = path.join(folder, 'completion.bash')
  await writeFile(script, `${out}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chartroom; echo "\${COMPREPLY[@]}"\n`)
  const complete = async (...words: string[]) => {
    const child = spawn('bash', [script, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    await once(child, 'close')
    return text.trim().split(' ')
  }
  assert.deepEqual(await complete('chartroom', 'jo'), ['jobs'])
  assert.ok((await complete('chartroom', 'jobs', '')).includes('retry'))
  assert.ok((await complete('chartroom', 'jobs', 'list', '--')).includes('--json'))
  assert.deepEqual(await complete('chartroom', 'serve', '--role', ''), ['all', 'api', 'worker'])
})

test('the program that npm links starts the same command line', async () => {
  const child = spawn(process.execPath, ['bin/chartroom.mjs', '--version'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  assert.equal(code, 0)
  assert.match(text, /^\d+\.\d+\.\d+\n$/)
})

test('jobs are watched across a restart of the server', async () => {
  const { out: list } = await chartroom(['jobs', 'list', '-n', '1', '--json'])
  const newest = (JSON.parse(list) as { jobs: { id: string }[] }).jobs[0]?.id ?? ''
  let restarted = false
  const code = await interrupt(['jobs', 'watch', '--json'], {}, (out) => {
    if (!restarted && out.includes(newest)) {
      restarted = true
      void restart().then(async () => await chartroom(['jobs', 'start', 'clear-tiles']))
    }
    return /"clear-tiles","jobState":"completed"/.test(out)
  })
  assert.equal(code, 130)
})

async function restart(): Promise<void> {
  await server.end('SIGTERM')
  server = await startServerProcess(environment)
}

test('a logout forgets the session, and a stopped server is examined all the same', async () => {
  assert.match((await chartroom(['logout'])).out, /ended its session/)
  assert.equal((await chartroom(['jobs', 'list'])).code, 4)
  await server.end('SIGTERM')
  const { code, out } = await chartroom(['doctor'], { env: environment })
  assert.equal(code, 0, out)
  assert.match(out, /The embedded PostgreSQL was stopped; it starts without/)
  assert.match(out, /All \d+ cells are compiled/)
  const migrated = await chartroom(['migrate'], { env: environment })
  assert.match(migrated.out, /The schema is up to date/)
})
