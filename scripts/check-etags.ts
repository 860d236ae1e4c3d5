// `npm run check-etags -- [folder of a mirror] [folder of the next day] [--zooms 0-11] [--near-zooms 12-16] [--sample 1000]
// [--sample-zooms 12-16] [--seed 1]`: proves the ETags of vector tiles over HTTP. It starts a server on the first folder, requests
// tiles, lets the server refresh from the second folder (which needs only the zips that changed), and requests them again. A tile must
// get another ETag exactly when a changed cell has, or had, ground in it; the coverage of the cells alone decides that. The server
// caches no tiles, so a tile answered 304 is drawn again and compared byte for byte. Without folders, two days of the invented coast.
//
// The tiles: at `--zooms`, all that meet a cell; at `--near-zooms`, all in and beside small cells that changed; at `--sample-zooms`,
// that many random ones, half on ground of cells, half along their borders.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { demoCells } from '#demo/demo-cells.ts'
import { writeMirrorFolder } from '#demo/write-mirror-folder.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { newToken } from '#lib/ids.ts'
import { randomBy } from '#test/audit-cells.ts'
import { type AskTile, createEtagAudit, type KnownTile } from '#test/etag-audit.ts'
import { cellsOfDay, type DayCell, versionOf } from '#test/mirror-days.ts'
import { startMirrorServer } from '#test/mirror-server.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    zooms: { type: 'string', default: '0-11' },
    'near-zooms': { type: 'string', default: '12-16' },
    'sample-zooms': { type: 'string', default: '12-16' },
    sample: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})

/** Concurrent requests. */
const CLIENTS = 4
/** A changed cell is small at a zoom where it and its surroundings have at most this many tiles. */
const MAXIMUM_NEAR = 2_000

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-etags-'))
let server: ServerProcess | null = null
try {
  const [first, second] = positionals.length === 2 ? positionals : await inventedDays()
  const days = [await cellsOfDay([first!]), await cellsOfDay([first!, second!])] as const
  const versions = days.map((day) => new Set(day.map(versionOf)))
  const changed = days.flat().filter((cell) => versions.some((day) => !day.has(versionOf(cell))))
  console.log(`${days[0].length} cells, then ${days[1].length}; changed: ${changed.map(versionOf).join(', ')}`)
  const tiles = chooseTiles(days.flat(), changed)
  console.log(`${tiles.length} tiles`)

  const mirror = await startMirrorServer(first!)
  const token = newToken()
  server = await startServerProcess({
    DATA_DIR: path.join(folder, 'data'),
    PUBLIC_CHARTS_URL: mirror.catalogueUrl,
    PROVISIONING_DEFAULT_TOKEN: token,
    TILE_CACHE_MAX_BYTES: '0',
    LOG_LEVEL: 'warn',
  })
  const audit = createEtagAudit(...days, askOf(server.url, token))
  console.log(`refreshed: ${JSON.stringify(await refreshCharts(server))}`)
  const known = new Map<TileAddress, KnownTile>()
  await forEachTile(tiles, async (tile) => known.set(tile, await audit.before(tile)))
  mirror.serve(second!)
  console.log(`refreshed: ${JSON.stringify(await refreshCharts(server))}`)
  await forEachTile(tiles, (tile) => audit.after(tile, known.get(tile)!))
  await mirror.close()
  report(audit)
} finally {
  await server?.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
}

/** Two days of the invented coast: one cell gets an update, one is new, one is cancelled. */
async function inventedDays(): Promise<string[]> {
  const cells = demoCells()
  const [first, second] = [path.join(folder, 'day1'), path.join(folder, 'day2')]
  const harbours = cells.filter(({ name }) => name.startsWith('XX5')).map(({ name }) => name)
  const [cancelled, added] = harbours
  await writeMirrorFolder(
    first,
    cells
      .filter(({ name }) => name !== added)
      .map((cell) => ({ ...cell, files: cell.files.slice(0, 1), updateNumber: 0, issueDate: cell.updateApplicationDate })),
    '2026-03-10T06:00:00Z',
  )
  await writeMirrorFolder(
    second,
    cells.map((cell) => (cell.name === cancelled ? { ...cell, status: 'Cancelled', panels: [], files: [] } : cell)),
    '2026-03-17T06:00:00Z',
  )
  return [first, second]
}

function chooseTiles(cells: readonly DayCell[], changed: readonly DayCell[]): TileAddress[] {
  const chosen = new Map<string, TileAddress>()
  const add = (z: number, x: number, y: number) => {
    const across = 2 ** z
    if (y < 0 || y >= across) return
    const tile = { z, x: ((x % across) + across) % across, y }
    chosen.set(`${z}/${tile.x}/${y}`, tile)
  }
  for (const zoom of zoomsOf(values.zooms)) for (const cell of cells) for (const [x, y] of tilesOf(cell, zoom, 0)) add(zoom, x, y)
  for (const zoom of zoomsOf(values['near-zooms'])) {
    for (const cell of changed) {
      const near = tilesOf(cell, zoom, 1)
      if (near.length <= MAXIMUM_NEAR) for (const [x, y] of near) add(zoom, x, y)
    }
  }
  const random = randomBy(Number(values.seed))
  for (const zoom of zoomsOf(values['sample-zooms'])) {
    for (let i = 0; i < Number(values.sample); i++) {
      const cell = cells[Math.floor(random() * cells.length)]!
      const across = 2 ** zoom
      if (i % 2 === 0) {
        const [left, right, top, bottom] = sidesOf(cell)
        const [x, y] = [between(left, right, random()), between(top, bottom, random())]
        add(zoom, Math.floor(x * across), Math.floor(y * across))
        continue
      }
      const rings = cell.areas.flatMap((area) => area.rings)
      const ring = rings[Math.floor(random() * rings.length)]!
      const at = Math.floor(random() * (ring.length - 1))
      const along = random()
      const [x, y] = [0, 1].map((axis) => between(ring[at]![axis]!, ring[at + 1]![axis]!, along))
      // Up to a tile beside the border.
      add(zoom, Math.floor(x! * across + random() * 2 - 1), Math.floor(y! * across + random() * 2 - 1))
    }
  }
  return [...chosen.values()]
}

/** The sides of a cell's box, from 0 to 1 around the world and from north to south. */
function sidesOf({ west, south, east, north }: DayCell): [left: number, right: number, top: number, bottom: number] {
  return [xOfLongitude(west) / WORLD, xOfLongitude(east) / WORLD, yOfLatitude(north) / WORLD, yOfLatitude(south) / WORLD]
}

/** The tiles that meet the box of a cell, and as many around them as `beside` says; columns may lie beyond the antimeridian. */
function tilesOf(cell: DayCell, zoom: number, beside: number): [x: number, y: number][] {
  const across = 2 ** zoom
  const [left = 0, right = 0, top = 0, bottom = 0] = sidesOf(cell).map((side) => Math.floor(side * across))
  const found: [number, number][] = []
  for (let x = left - beside; x <= right + beside; x++) for (let y = top - beside; y <= bottom + beside; y++) found.push([x, y])
  return found
}

/** Requests half of the tiles gzipped: each encoding has its own ETag. */
function askOf(url: string, token: string): AskTile {
  return async ({ z, x, y }, etag) => {
    const response = await fetch(`${url}/api/v2/tiles/enc-v2/${z}/${x}/${y}.mvt`, {
      headers: {
        authorization: `Bearer ${token}`,
        'accept-encoding': (x + y) % 2 === 0 ? 'gzip' : 'identity',
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
      },
    })
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? '',
      cells: response.headers.get('x-chart-cells') ?? '',
      body: await response.bytes(),
    }
  }
}

async function forEachTile(tiles: readonly TileAddress[], visit: (tile: TileAddress) => Promise<unknown>): Promise<void> {
  let next = 0
  const client = async () => {
    while (next < tiles.length) {
      await visit(tiles[next++]!)
      if (next % 10_000 === 0) console.error(`${next} of ${tiles.length}`)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

function report({ counts }: ReturnType<typeof createEtagAudit>): void {
  let faults = 0
  for (const [zoom, found] of [...counts].sort((a, b) => a[0] - b[0])) {
    console.log(
      `zoom ${zoom}: ${found.tiles} tiles, ${found.changed} changed, ${found.same} answered 304; ${found.beside} beside a changed cell; ` +
        `ETag changed for the same content: ${found.needless}, and ${found.needlessBeside} beside a changed cell`,
    )
    for (const [kind, words] of found.faults) {
      faults += words.length
      console.log(`  ${words.length} times ${kind}`)
      for (const each of words.slice(0, 5)) console.log(`    ${each}`)
    }
  }
  console.log(faults === 0 ? 'no faults' : `${faults} faults`)
  process.exitCode = faults === 0 ? 0 : 1
}

function zoomsOf(range: string): number[] {
  if (range === '') return []
  const [first = 0, last = first] = range.split('-').map(Number)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

function between(a: number, b: number, share: number): number {
  return a + (b - a) * share
}
