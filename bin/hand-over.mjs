// Plain JavaScript for Node 20: starts a program in the place of this process. Used by scripts/run.mjs and by the installed command.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import os from 'node:os'

/** Below this many bytes a machine counts as small, as in src/lib/small-machine.ts: a board of 2 GB. */
const SMALL = 3 * 2 ** 30

/**
 * Whether the machine, or what the server may have of it, is small. As src/config/machine.ts has it, the limit of a container counts.
 *
 * @param {NodeJS.ProcessEnv} env of the server
 */
function isSmall(env) {
  const limits = [Number(env.MEMORY_LIMIT_BYTES), process.constrainedMemory?.() ?? 0, os.totalmem()]
  return Math.min(...limits.filter((bytes) => bytes > 0)) < SMALL
}

/**
 * Node's flags for Chartroom itself. Objects of a request live for a millisecond. With Node's 16 MB for young ones many are taken for old
 * ones while tiles are on their way, and clearing them away took a quarter of the server's time. A small machine has a quarter of Node's size,
 * because three times of it is held, and collects old objects when they have grown by 20 %: V8 sees the memory of the machine, not what the
 * server is sized for.
 *
 * @param {NodeJS.ProcessEnv} env of the server
 */
export function serverFlags(env = process.env) {
  const sizes = isSmall(env) ? ['--max-semi-space-size=4', '--heap-growing-percent=20'] : ['--max-semi-space-size=32']
  return ['--disable-warning=ExperimentalWarning', ...sizes]
}

/**
 * Settings of the C library for Chartroom itself, unless they are set already.
 *
 * @param {NodeJS.ProcessEnv} env of the server
 */
export function memorySettings(env = process.env) {
  return {
    // Freed memory stays in one pool per thread, up to eight per core; two cost nothing in speed and save a hundred megabytes.
    MALLOC_ARENA_MAX: '2',
    // Memory of at least this size is given back at once. Without a value the limit grows up to 32 MB, and tiles and charts leave holes.
    ...(isSmall(env) && { MALLOC_MMAP_THRESHOLD_: '131072' }),
  }
}

/**
 * Runs a program in our place: by becoming it where Node can, so that no process is left that could die alone.
 *
 * @param {string} command
 * @param {string[]} arguments_
 * @param {{ isServer?: boolean }} options whether it is Chartroom itself, which may outlive its shell
 */
export function handOver(command, arguments_, { isServer = false } = {}) {
  const env = { ...(isServer && memorySettings()), ...process.env }
  delete env.npm_config_loglevel
  // npm that is killed does not take what it runs along; a shell that ends may well leave a server running.
  if (isServer && env.npm_lifecycle_event !== undefined) env.CHARTROOM_PARENTS = parents().join(' ')
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
  child.on('error', (error) => {
    process.stderr.write(`${command}: ${error.message}\n`)
    process.exit(1)
  })
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
