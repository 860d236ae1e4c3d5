import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { type ApiClient, connect } from '#cli/client/api-client.ts'
import { memorySettings, serverFlags } from '../../bin/hand-over.mjs'
import { freePort } from './free-port.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface ServerProcess {
  url: string
  child: ChildProcess
  /** Output of the process so far, both streams. */
  output(): string
  api(): Promise<ApiClient>
  /** Sends a signal and waits for the end; returns the exit code, or null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/**
 * Starts the real server as a separate process and waits until it is ready.
 *
 * @param descriptors how many files it may open; by default as many as this process.
 */
export async function startServerProcess(
  environment: Record<string, string>,
  command: readonly string[] = ['serve'],
  descriptors?: number,
): Promise<ServerProcess> {
  const port = environment['PORT'] ?? String(await freePort())
  const server = spawnChartroom({ HOST: '127.0.0.1', PORT: port, ...environment }, command, descriptors)
  const url = `http://127.0.0.1:${port}`
  try {
    await ready(url, server)
  } catch (error) {
    server.child.kill('SIGKILL')
    throw error
  }
  return {
    ...server,
    url,
    api: () => connect(url, 'admin', environment['INITIAL_ADMIN_PASSWORD'] ?? 'admin'),
    async end(signal) {
      // A process that a signal ended has no exit code, and emits its end only once.
      if (server.child.exitCode !== null || server.child.signalCode !== null) return server.child.exitCode
      const gone = once(server.child, 'exit')
      server.child.kill(signal)
      const [code] = (await gone) as [number | null]
      return code
    },
  }
}

/** Runs the command line of the server to its end, for starts that must be refused. */
export async function runChartroom(
  environment: Record<string, string>,
  command: readonly string[] = ['serve'],
  descriptors?: number,
): Promise<{ code: number | null; output: string }> {
  const server = spawnChartroom({ HOST: '127.0.0.1', PORT: String(await freePort()), ...environment }, command, descriptors)
  const [code] = (await once(server.child, 'exit')) as [number | null]
  return { code, output: server.output() }
}

/** Starts the command line of the server. */
export function spawnChartroom(environment: Record<string, string>, command: readonly string[], descriptors?: number) {
  const limit = descriptors === undefined ? '' : `ulimit -n ${descriptors} && `
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE } = process.env
  const cache = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }
  const inherited = { PATH, HOME, ...memorySettings(environment), ...cache }
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      `${limit}exec "$0" "$@"`,
      process.execPath,
      ...serverFlags(environment),
      path.join(root, 'bin/chartroom.ts'),
      ...command,
    ],
    {
      cwd: root,
      env: { ...inherited, LOG_LEVEL: 'info', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  return { child, output: () => text }
}

async function ready(url: string, server: { child: ChildProcess; output(): string }): Promise<void> {
  // Far longer than a busy machine needs; it ends the wait for a server that hangs, with its output.
  const deadline = performance.now() + 200_000
  while (performance.now() < deadline) {
    if (server.child.exitCode !== null || server.child.signalCode !== null)
      throw new Error(`the server ended while starting:\n${server.output()}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the server was not ready in time:\n${server.output()}`)
}
