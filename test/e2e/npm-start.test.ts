import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '#test/free-port.ts'

// A supervisor that ends npm alone must not leave the server running: it would refuse the next start on its data directory. Each
// test starts on the data directory of the one before.

const root = path.resolve(import.meta.dirname, '../..')
let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-npm-'))
  // PostgreSQL runs under another account when root starts it.
  await chmod(folder, 0o755)
})
after(() => rm(folder, { recursive: true, force: true }))

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} of the npm process alone ends the server and its PostgreSQL too`, async () => {
    const port = await freePort()
    const npm = start('npm', ['start'], port)
    await until(() => isHealthy(port), npm)
    const gone = once(npm.child, 'exit')
    npm.child.kill(signal)
    await gone
    await until(async () => !(await isListening(port)), npm)
    await until(async () => (await readPostmaster()) === null, npm)
  })
}

test('SIGKILL of scripts/run.mjs ends the server, whether Node can become it or stays its parent', async () => {
  const port = await freePort()
  const run = start('node', ['scripts/run.mjs', 'bin/chartroom.ts', 'serve'], port, 'killed')
  await until(() => isHealthy(port), run)
  run.child.kill('SIGKILL')
  await until(async () => !(await isListening(port)), run)
  // Killed as the server itself, it has left its PostgreSQL for the next start, which there is not.
  const left = Number.parseInt((await readPostmaster('killed')) ?? '', 10)
  if (left > 0) process.kill(left, 'SIGINT')
  await until(async () => (await readPostmaster('killed')) === null, run)
})

test('a left-behind .install.lock expires, even when another process has got its pid', async () => {
  // A project without dependencies: what is tested runs before anything is installed.
  const project = path.join(folder, 'project')
  await mkdir(path.join(project, 'scripts'), { recursive: true })
  await mkdir(path.join(project, 'bin'))
  for (const name of ['scripts/run.mjs', 'scripts/take-turn.mjs', 'scripts/portal-stamp.mjs', 'bin/hand-over.mjs']) {
    await copyFile(path.join(root, name), path.join(project, name))
  }
  await writeFile(path.join(project, 'package.json'), JSON.stringify({ name: 'project', version: '1.0.0' }))
  const packages = { '': { name: 'project', version: '1.0.0' } }
  const lock = { name: 'project', version: '1.0.0', lockfileVersion: 3, requires: true, packages }
  await writeFile(path.join(project, 'package-lock.json'), JSON.stringify(lock))
  await mkdir(path.join(project, 'node_modules'))
  await writeFile(path.join(project, 'bin/hello.js'), 'console.log("started")')
  await writeFile(path.join(project, '.install.lock'), String(process.pid))
  const child = spawn(process.execPath, ['scripts/run.mjs', 'bin/hello.js'], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = collect(child)
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 0, output())
  assert.match(output(), /taking over[\s\S]*started/)
  await assert.rejects(readFile(path.join(project, '.install.lock')), { code: 'ENOENT' })
})

interface Started {
  child: ChildProcess
  output(): string
}

function start(command: string, args: readonly string[], port: number, data = 'data'): Started {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATA_DIR: path.join(folder, data), HOST: '127.0.0.1', PORT: String(port) }
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return { child, output: collect(child) }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  return () => text
}

/** Waits for what the test is about. The time only ends a test that hangs, with what the server wrote. */
async function until(condition: () => Promise<boolean>, started: Started): Promise<void> {
  for (const deadline = performance.now() + 120_000; !(await condition()); await sleep(50)) {
    assert.ok(performance.now() < deadline, started.output())
  }
}

async function isHealthy(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null)
  return answer?.ok ?? false
}

function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  }).finally(() => socket.destroy()) as Promise<boolean>
}

async function readPostmaster(data = 'data'): Promise<string | null> {
  return await readFile(path.join(folder, data, 'postgres/data/postmaster.pid'), 'utf8').catch(() => null)
}
