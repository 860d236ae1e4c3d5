import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ServerProcess } from '#test/server-process.ts'
import type { KeptAnswer } from './bare-route.ts'
import { askFor } from './load-client.ts'
import { quantile } from './walk.ts'

const ROUNDS = 5
const ROUND_MILLISECONDS = 2_500
/** Clients at once. */
export const CONNECTIONS = 8

/**
 * Prints the rate of cached answers of a server, alternating with a bare Fastify route that sends the same bytes and headers, and the
 * processor time of both.
 */
export async function compareWithBareRoute(server: ServerProcess, paths: readonly string[], token: string): Promise<void> {
  const answers: KeptAnswer[] = []
  const raw = await Promise.all(paths.map((address) => rawAnswer(server, address, token)))
  answers.push(...raw)
  const bare = fork(fileURLToPath(new URL('./bare-route.ts', import.meta.url)), {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  try {
    bare.send(answers)
    const [port] = (await once(bare, 'message')) as [number]
    const requests = paths.map((address) =>
      Buffer.from(
        `GET ${address} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\naccept-encoding: gzip\r\n\r\n`,
      ),
    )
    const ask = (at: number) => askFor(at, requests, { connections: CONNECTIONS, milliseconds: ROUND_MILLISECONDS })
    const own: number[] = []
    const theirs: number[] = []
    const cpu = { own: 0, theirs: 0, answersOwn: 0, answersTheirs: 0 }
    for (let round = 0; round <= ROUNDS; round++) {
      const start = processorSeconds(server.child.pid)
      const mine = await ask(Number(new URL(server.url).port))
      const middle = processorSeconds(bare.pid)
      const used = processorSeconds(server.child.pid) - start
      const bareRate = await ask(port)
      const usedByBare = processorSeconds(bare.pid) - middle
      if (round === 0) continue
      cpu.own += used
      cpu.theirs += usedByBare
      cpu.answersOwn += (mine * ROUND_MILLISECONDS) / 1_000
      cpu.answersTheirs += (bareRate * ROUND_MILLISECONDS) / 1_000
      own.push(mine)
      theirs.push(bareRate)
    }
    const bytes = answers.map(({ body }) => body.byteLength)
    const [a, b] = [quantile(own, 0.5), quantile(theirs, 0.5)]
    console.log(
      `cached, ${paths.length} tiles of ${(bytes.reduce((sum, each) => sum + each, 0) / bytes.length / 1e3).toFixed(1)} kB on average, ${CONNECTIONS} connections, median of ${ROUNDS} rounds`,
    )
    console.log(`  Chartroom ${a.toFixed(0)} tiles/s, bare Fastify route ${b.toFixed(0)} tiles/s: ratio ${(a / b).toFixed(2)}`)
    const [c, d] = [(cpu.own / cpu.answersOwn) * 1e6, (cpu.theirs / cpu.answersTheirs) * 1e6]
    console.log(
      `  processor time per answer: ${c.toFixed(0)} us, bare ${d.toFixed(0)} us: ratio ${(d / c).toFixed(2)} on an idle machine`,
    )
  } finally {
    bare.disconnect()
  }
}

/** Seconds of user and system time of a process; NaN where the system does not report them. */
function processorSeconds(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

/** A response as sent; `fetch` would decompress it. */
async function rawAnswer(server: ServerProcess, address: string, token: string): Promise<KeptAnswer> {
  const { request } = await import('node:http')
  const sent = request(server.url + address, { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' } })
  sent.end()
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (!['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding'].includes(name)) headers[name] = String(value)
  }
  return { path: address, headers, body: Buffer.concat(chunks) }
}
