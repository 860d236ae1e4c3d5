import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { newToken } from '#lib/ids.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'
import { noCharts } from '../../test/s57/chart-files.ts'
import type { KeptAnswer } from './bare-route.ts'
import { askFor } from './load-client.ts'
import { quantile, type Walk } from './walk.ts'

const ROUNDS = 5
const ROUND_MILLISECONDS = 2_500
const CONNECTIONS = 8
/** Different cached tiles requested. */
const CACHED_TILES = 200

/**
 * Measures the real server in a separate process: the time of uncached answers, its memory while it draws the walk tile by tile and then
 * for eight clients, and the rate of cached tiles, alternating with a bare Fastify route that sends the same bytes and headers.
 *
 * @param machineMegabytes memory of the machine that the server detects.
 */
export async function benchServing({ steps }: Walk, machineMegabytes?: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-bench-tiles-'))
  const token = newToken()
  const environment = {
    DATA_DIR: path.join(folder, 'data'),
    PUBLIC_CHARTS_URL: await catalogueUrl(folder),
    PROVISIONING_DEFAULT_TOKEN: token,
    LOG_LEVEL: 'warn',
    ...(machineMegabytes === undefined ? {} : { NODE_OPTIONS: machineOf(machineMegabytes) }),
  }
  let server: ServerProcess | null = null
  try {
    server = await startServerProcess(environment)
    await refreshCharts(server)
    await server.end('SIGTERM')
    // A fresh process, because indexing takes memory that serving does not.
    server = await startServerProcess(environment)
    const paths = [...new Set(steps.map(({ tile: { z, x, y } }) => `/api/v2/tiles/enc-v2/${z}/${x}/${y}.mvt`))]
    await walkUncached(server, paths, token)
    await compareWithBareRoute(server, paths.slice(0, CACHED_TILES), token)
    await server.end('SIGTERM')
    await rm(path.join(environment.DATA_DIR, 'tiles'), { recursive: true })
    server = await startServerProcess(environment)
    await drawForMany(server, paths, token)
  } finally {
    await server?.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}

async function catalogueUrl(folder: string): Promise<string> {
  if (noCharts === false) {
    return new URL('../../../shared/charts/noaa-mirror/day1/ENCProdCat.xml', import.meta.url).href
  }
  const mirror = path.join(folder, 'mirror')
  await writeDemoMirror(mirror)
  return pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href
}

const fetchTile = (server: ServerProcess, address: string, token: string) =>
  fetch(server.url + address, { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' } })

async function walkUncached(server: ServerProcess, paths: readonly string[], token: string): Promise<void> {
  const milliseconds: number[] = []
  let most = 0
  for (const address of paths) {
    const begun = performance.now()
    const response = await fetchTile(server, address, token)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${address}: ${response.status}`)
    milliseconds.push(performance.now() - begun)
    most = Math.max(most, megabytesOf(server))
  }
  console.log(`served, ${paths.length} different tiles of the walk, sequentially, uncached`)
  console.log(
    `  answer                 p50 ${quantile(milliseconds, 0.5).toFixed(1)} ms  p99 ${quantile(milliseconds, 0.99).toFixed(1)} ms`,
  )
  console.log(
    `  resident memory        at most ${most.toFixed(0)} MB, ${megabytesOf(server).toFixed(0)} MB at the end (without PostgreSQL)`,
  )
}

/** Requests all tiles of the walk, uncached, from eight concurrent clients and prints the peak memory of the process. */
async function drawForMany(server: ServerProcess, paths: readonly string[], token: string): Promise<void> {
  let next = 0
  let most = 0
  const begun = performance.now()
  const client = async () => {
    while (next < paths.length) {
      const response = await fetchTile(server, paths[next++]!, token)
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`)
      most = Math.max(most, megabytesOf(server))
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, client))
  const seconds = (performance.now() - begun) / 1_000
  console.log(`served, ${paths.length} different tiles for ${CONNECTIONS} clients, uncached: ${seconds.toFixed(1)} s`)
  console.log(`  resident memory        at most ${most.toFixed(0)} MB (without PostgreSQL)`)
}

/** Makes Node report this memory limit, from which the server divides its memory (`machineMemoryBytes`). */
function machineOf(megabytes: number): string {
  return `--import=data:text/javascript,process.constrainedMemory=()=>${megabytes * 2 ** 20}`
}

/** Resident megabytes of the process; NaN where the system does not report them. */
function megabytesOf({ child }: ServerProcess): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}

async function compareWithBareRoute(server: ServerProcess, paths: readonly string[], token: string): Promise<void> {
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
      `cached, ${paths.length} tiles of ${(bytes.reduce((sum, each) => sum + each, 0) / bytes.length / 1e3).toFixed(1)} kB on average, gzipped, ${CONNECTIONS} connections, median of ${ROUNDS} rounds`,
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

/** An answer as sent; `fetch` would decompress it. */
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
