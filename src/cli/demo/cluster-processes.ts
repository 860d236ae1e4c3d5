import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface ClusterProcess {
  name: string
  url: string
  /** Sends SIGTERM and waits until the process has ended. */
  stop(): Promise<void>
}

const READY_MILLISECONDS = 120_000
const POLL_MILLISECONDS = 100

/**
 * Starts one process of a cluster and waits until it is ready. It stops by itself when this process ends in any way, because the
 * channel between them closes.
 *
 * @throws Error when the process ends during startup; it prints the reason itself, on the same terminal.
 */
export async function startClusterProcess(options: {
  name: string
  role: 'api' | 'worker'
  port: number
  environment: Readonly<Record<string, string | undefined>>
}): Promise<ClusterProcess> {
  const { name, role, port } = options
  const script = process.argv[1] ?? ''
  const child = spawn(process.execPath, [...process.execArgv, script, 'serve', '--role', role], {
    env: { ...options.environment, HOST: '127.0.0.1', PORT: String(port), INSTANCE_NAME: name },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const url = `http://127.0.0.1:${port}`
  const stop = () => end(child)
  try {
    await ready(`${url}/health/ready`, name, child)
  } catch (error) {
    await stop()
    throw error
  }
  return { name, url, stop }
}

async function ready(url: string, name: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_MILLISECONDS
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${name} ended during startup`)
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
  }
  throw new Error(`${name} was not ready within ${READY_MILLISECONDS / 1_000} seconds`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
