import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeMirror } from '#test/cells.ts'
import { freePort } from '#test/free-port.ts'
import { type Lock, lockedPackages } from './package-manifest.ts'
import { onlyThisNode, runNpm } from './run-npm.ts'

const TOKEN = 'facade'.padEnd(32, '0')
const READY_MILLISECONDS = 120_000

/**
 * Installs the tarball into an empty folder and uses it as its first operator would: serves on the embedded PostgreSQL, refreshes the
 * charts, asks for tiles and pages, examines it, and stops it.
 *
 * @throws NoRegistryError when packages cannot be had; Error with what did not work.
 */
export async function tryPackage(tarball: string, lock: Lock, say: (text: string) => void): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chartroom-release-'))
  // When started as root, PostgreSQL runs under another account, which must be able to enter.
  chmodSync(folder, 0o755)
  try {
    const app = path.join(folder, 'app')
    mkdirSync(app)
    const started = performance.now()
    runNpm(['install', '--ignore-scripts', '--prefer-offline', '--prefix', app, tarball], { cwd: app })
    say(`installed into an empty folder in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    for (const difference of differences(app, lock)) say(difference)
    installExactly(tarball, path.join(folder, 'unpacked'), lock)
    say('npm ci in the unpacked tarball: every package as in the lock, by its digest')
    const mirror = path.join(folder, 'mirror')
    await writeMirror(mirror, [{ name: 'XX500001' }, { name: 'XX500002' }])
    const port = await freePort()
    await operate(
      createInstallation(app, {
        DATA_DIR: path.join(folder, 'data'),
        HOST: '127.0.0.1',
        PORT: String(port),
        PUBLIC_CHARTS_URL: pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href,
        PROVISIONING_DEFAULT_TOKEN: TOKEN,
        CHARTROOM_URL: `http://127.0.0.1:${port}`,
        CHARTROOM_TOKEN: TOKEN,
      }),
      say,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * What is installed in another version than the lock has, for people: packages below others, whose versions npm chooses.
 *
 * @throws Error when another package differs.
 */
function differences(app: string, lock: Lock): string[] {
  const expected = new Set(lockedPackages(lock).map(({ name, version }) => `${name}@${version}`))
  const installed = JSON.parse(readFileSync(path.join(app, 'node_modules/.package-lock.json'), 'utf8')) as Lock
  const others = lockedPackages(installed).filter(
    ({ name, version }) => name !== lock.name && !expected.has(`${name}@${version}`),
  )
  const wrong = others.filter(({ nested }) => !nested)
  const list = (packages: typeof others) => packages.map(({ name, version }) => `${name}@${version}`).join(', ')
  if (wrong.length > 0) throw new Error(`npm has installed other packages than the lock has: ${list(wrong)}`)
  return others.length === 0 ? [] : [`newer than in the list of packages: ${list(others)}`]
}

/**
 * Installs by the lock that the tarball holds, and asks the command for its version.
 *
 * @throws Error when a package differs from the lock.
 */
function installExactly(tarball: string, folder: string, lock: Lock): void {
  mkdirSync(folder)
  const unpacked = spawnSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder], { encoding: 'utf8' })
  if (unpacked.status !== 0) throw new Error(`tar failed: ${unpacked.stderr}`)
  runNpm(['ci', '--ignore-scripts', '--prefer-offline'], { cwd: folder })
  const newer = differences(folder, lock)
  if (newer.length > 0) throw new Error(`npm ci has not followed the lock: ${newer.join(', ')}`)
  const started = spawnSync(process.execPath, ['bin/chartroom.mjs', '--version'], { cwd: folder, encoding: 'utf8' })
  assert.match(started.stdout, new RegExp(`^${RegExp.escape(lock.version)}$`, 'm'), started.stderr)
}

interface Installation {
  /** Address of its server. */
  url: string
  dataDir: string
  /** Runs `npx chartroom` with a command to its end and returns what it printed. */
  run(...command: string[]): Promise<string>
  /** Starts `npx chartroom` with a command. */
  start(...command: string[]): Running
}

interface Running {
  child: ChildProcess
  output(): string
}

/** An installed Chartroom, used only through its command. */
function createInstallation(folder: string, env: Record<string, string>): Installation {
  function start(...command: string[]): Running {
    const child = spawn('npx', ['--no-install', 'chartroom', ...command], {
      cwd: folder,
      env: { ...onlyThisNode(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    return { child, output: () => text }
  }
  return {
    url: env['CHARTROOM_URL'] ?? '',
    dataDir: env['DATA_DIR'] ?? '',
    start,
    async run(...command) {
      const { child, output } = start(...command)
      const [code] = (await once(child, 'close')) as [number | null]
      if (code !== 0) throw new Error(`npx chartroom ${command.join(' ')} ended with ${code}:\n${output()}`)
      return output()
    },
  }
}

async function operate({ url, dataDir, run, start }: Installation, say: (text: string) => void): Promise<void> {
  const server = start('serve')
  try {
    await ready(url, server)
    say('npx chartroom serve: ready, on its embedded PostgreSQL')
    await run('jobs', 'start', 'refresh-public-charts', '--watch')
    const { jobs } = JSON.parse(await run('jobs', 'list', '--json')) as { jobs: { jobType: string; jobState: string }[] }
    const isDone = jobs.some((job) => job.jobType === 'refresh-public-charts' && job.jobState === 'completed')
    assert.ok(isDone, `no completed refresh in ${JSON.stringify(jobs)}`)
    assert.match(await run('charts', 'list'), /XX500001/)
    say('npx chartroom jobs and charts: a refresh has read its cells')
    await checkAnswers(url)
    say('tiles, pictures, styles, pages and the portal are answered')
    assert.doesNotMatch(await run('doctor'), /^failed/m)
    say('npx chartroom doctor: nothing has failed')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${reason}\nOutput of the server:\n${server.output()}`, { cause: error })
  } finally {
    await stop(server, dataDir)
  }
}

/** Asks for one thing of each kind that the server makes in its threads or reads from its package. */
async function checkAnswers(url: string): Promise<void> {
  const at = '9/213/193'
  for (const [address, type] of [
    [`/api/v2/tiles/enc-v2/${at}.mvt`, /application\/x-protobuf/],
    [`/api/v2/tiles/enc-raster-v2/${at}.png`, /image\/png/],
    ['/api/v1/styles/base.json', /json/],
    ['/api/v1/cells', /json/],
    ['/api/docs', /text\/html/],
    ['/', /text\/html/],
  ] as const) {
    const headers = { authorization: `Bearer ${TOKEN}`, accept: 'text/html,*/*' }
    const answer = await fetch(`${url}${address}`, { headers })
    const text = await answer.text()
    assert.equal(answer.status, 200, `${address} is answered ${answer.status}: ${text.slice(0, 300)}`)
    assert.match(answer.headers.get('content-type') ?? '', type, address)
    assert.ok(text.length > 0, `${address} is empty`)
    if (address === '/') assert.match(text, /<script [^>]*src=/, 'the page of the portal loads no script')
  }
}

async function ready(url: string, server: Running): Promise<void> {
  const deadline = performance.now() + READY_MILLISECONDS
  while (performance.now() < deadline) {
    if (server.child.exitCode !== null) throw new Error('the server ended while it started')
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server was not ready in time')
}

/** Ends npx, whose program ends by itself, and waits until PostgreSQL has gone too. */
async function stop({ child }: Running, dataDir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  const deadline = performance.now() + READY_MILLISECONDS
  while (existsSync(path.join(dataDir, 'postgres/data/postmaster.pid'))) {
    if (performance.now() > deadline) throw new Error('the server did not stop')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
