import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { Agent } from 'node:http'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Box, sampleCell, zipOf } from '#test/cells.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer, endServer, isServerFault, startFaultServer } from './fault-server.ts'

const CELLS = 20
const DESCRIPTORS = 256
const CONNECTIONS = 400
const RECOVERY_MILLISECONDS = 30_000

export const descriptors: FaultCase = {
  name: 'descriptors',
  title: 'with all file descriptors used up no chart is lost, and tiles are 503 until there are some again',
  async run(context) {
    const first = await startFaultServer(context, {})
    const entries = Array.from({ length: CELLS }, (_, n) => cellEntry(n))
    const sent = await first.upload('cells.zip', await zipOf(entries))
    const ended = 'id' in sent ? await first.uploadEnd(sent.id, 120_000) : null
    await endServer(first)
    if (ended?.status !== 'succeeded') return { broken: [`the charts were not read: ${ended?.text}`], seen: '' }
    // Started again, so that no cell is in memory yet.
    return await attackServer(
      context,
      { TILE_CACHE_MAX_BYTES: '0' },
      async (server, broken) => {
        const before = await chartFiles(server.dataDir)
        const agent = new Agent({ keepAlive: true, maxSockets: 4 })
        await Promise.all([0, 1, 2, 3].map(() => server.send('GET', '/health/live', { agent })))
        const sockets = await openMany(server.url)
        const during = await Promise.all(
          entries.map((_, n) => server.send('GET', tileOf(n), { agent, timeout: 40_000 }).catch(() => null)),
        )
        for (const socket of sockets) socket.destroy()
        const wrong = during.filter((answer) => answer !== null && isServerFault(answer))
        if (wrong.length > 0) broken.push(`${wrong.length} tiles were answered ${wrong[0]?.status}`)
        const late = await recovers(() => entries.map((_, n) => server.send('GET', tileOf(n))))
        if (late.length > 0) broken.push(`tiles are ${late.join(', ')} ${RECOVERY_MILLISECONDS / 1000} s later`)
        const after = await chartFiles(server.dataDir)
        const lost = before.filter((file) => !after.includes(file))
        if (lost.length > 0) broken.push(`${lost.length} of ${before.length} chart files are gone, such as ${lost[0]}`)
        const counts = Object.entries(Object.groupBy(during, (answer) => answer?.status ?? 0))
        const told = counts.map(([status, answers]) => `${answers?.length} x ${status}`).join(', ')
        return `${sockets.length} connections with ${DESCRIPTORS} descriptors; tiles meanwhile ${told} (0: none in time); ${before.length} chart files before, ${after.length} after`
      },
      DESCRIPTORS,
    )
  },
}

/** One cell for each tile of zoom 14 along a parallel. */
function cellEntry(n: number) {
  const west = -30 + n * 0.1
  const box: Box = [west, 40, west + 0.02, 40.02]
  const name = `XX5DESC${String.fromCharCode(65 + n)}`
  return { path: `${name}.000`, content: sampleCell({ name, box }) }
}

function tileOf(n: number): string {
  const degrees = -30 + n * 0.1 + 0.01
  const zoom = 14
  const x = Math.floor(((degrees + 180) / 360) * 2 ** zoom)
  const latitude = (40.01 * Math.PI) / 180
  const y = Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * 2 ** zoom)
  return `/api/v2/tiles/enc-v2/${zoom}/${x}/${y}.mvt`
}

async function openMany(url: string): Promise<Socket[]> {
  const port = Number(new URL(url).port)
  const sockets = Array.from({ length: CONNECTIONS }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await Promise.all(sockets.map((socket) => once(socket, 'connect').catch(() => undefined)))
  // The kernel accepts them for the server; it takes them over in its next rounds.
  await sleep(1_000)
  return sockets
}

/** Statuses that are still other than 200 at the end of the time. */
async function recovers(ask: () => Promise<{ status: number }>[]): Promise<number[]> {
  for (const deadline = performance.now() + RECOVERY_MILLISECONDS; ; await sleep(500)) {
    const statuses = (await Promise.allSettled(ask())).map((each) => (each.status === 'fulfilled' ? each.value.status : 0))
    const wrong = statuses.filter((status) => status !== 200)
    if (wrong.length === 0 || performance.now() > deadline) return wrong
  }
}

async function chartFiles(dataDir: string): Promise<string[]> {
  const all = await readdir(path.join(dataDir, 'blobs'), { recursive: true, withFileTypes: true })
  return all.filter((file) => file.isFile()).map((file) => path.join(path.relative(dataDir, file.parentPath), file.name))
}
