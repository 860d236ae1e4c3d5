import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Config } from '#config/config.ts'
import { codeOf } from '#lib/errors.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const TIMEOUT = 5_000

/** Whether Chartroom answers at the port, or could listen there. */
export async function checkPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Omit<Finding, 'name'>> {
  if (port === null) return ok('This process has no port.')
  const reason = await whyNotListening(host, port)
  if (reason === null) return ok(`Port ${port} is free; the server is not running.`)
  if (reason === 'EACCES') return failed(`This account may not open port ${port}.`, 'Set PORT to one above 1023.')
  if (reason !== 'EADDRINUSE') return failed(`${host} is not an address of this machine (${reason}).`, 'Correct HOST.')
  const answer = await ask(host, port, '/api/openapi.json')
  const title = answer?.ok === true ? ((await answer.json().catch(() => null)) as { info?: { title?: string } } | null) : null
  if (!/chartroom/i.test(title?.info?.title ?? '')) {
    return failed(`Another program listens on port ${port}.`, 'Stop it, or set PORT to another port.')
  }
  const ready = await ask(host, port, '/health/ready')
  if (ready?.ok === true) return ok(`Chartroom is running on port ${port} and ready.`)
  return warning(`Chartroom is running on port ${port}, but it is not ready.`, `Look at /health/ready and at its log.`)
}

async function whyNotListening(host: string, port: number): Promise<string | null> {
  const server = createServer()
  try {
    server.listen({ host, port, exclusive: true })
    await once(server, 'listening')
    return null
  } catch (error) {
    return codeOf(error) ?? 'unknown'
  } finally {
    server.close()
  }
}

async function ask(host: string, port: number, path: string): Promise<Response | null> {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return await fetch(`http://${name}:${port}${path}`, { signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null)
}
