import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { MirrorCell } from '#demo/mirror-cell.ts'
import { writeMirrorFolder } from '#demo/write-mirror-folder.ts'
import { EXTENT, tileAt, tileKey, tileWorldBox } from '#geo/tile-grid.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { randomBy } from '#test/audit-cells.ts'
import { createRefreshBench, type RefreshBench } from '#test/refresh-bench.ts'
import { TILE_BUFFER } from '#tiles/products/vector/tile-buffer.ts'
import { type Fixture, startFixture } from '../http/server-fixture.ts'

// Four cells side by side: the second day brings new editions of two and adds one. Every object names its edition, so a tile that
// mixed two editions would show it.

type Box = readonly [west: number, south: number, east: number, north: number]
const BOXES: Record<string, Box> = {
  XX5TILEA: [10.01, 50.01, 10.11, 50.06],
  XX5TILEB: [10.11, 50.01, 10.21, 50.06],
  XX5TILEC: [10.21, 50.01, 10.31, 50.06],
  XX5TILED: [10.31, 50.01, 10.41, 50.06],
}
const CHANGED = ['XX5TILEA', 'XX5TILEC', 'XX5TILED']
const DEEPEST = 13

let bench: RefreshBench
let fixture: Fixture
let token: string
const catalogues: Record<string, URL> = {}

before(async () => {
  bench = await createRefreshBench()
  const days = {
    day1: [madeCell('XX5TILEA', 1), madeCell('XX5TILEB', 1), madeCell('XX5TILEC', 1)],
    day2: [madeCell('XX5TILEA', 2), madeCell('XX5TILEB', 1), madeCell('XX5TILEC', 2), madeCell('XX5TILED', 1)],
  }
  for (const [day, cells] of Object.entries(days)) {
    await writeMirrorFolder(path.join(bench.folder, day), cells, '2026-03-17T06:00:00Z')
    catalogues[day] = pathToFileURL(path.join(bench.folder, day, 'ENCProdCat.xml'))
  }
  await bench.refresh(catalogues['day1']!)
  fixture = await startFixture({ charts: bench })
  await fixture.tiles.charts.until(({ cells }) => cells.length === 3)
  const principal = await fixture.accounts.authenticate(await fixture.adminSession())
  token = (await fixture.accounts.tokens.create(principal, { name: 'tiles' })).id
})
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
})

test('during a refresh no tile fails or mixes editions, and afterwards exactly the tiles of changed cells have another ETag', async () => {
  const tiles = tilesAround()
  const before = await ask(tiles)
  let isRefreshed = false
  let answers = 0
  const pan = async (seed: number) => {
    const random = randomBy(seed)
    while (!isRefreshed) {
      check(await fetchTile(tiles[Math.floor(random() * tiles.length)]!))
      answers++
    }
  }
  const clients = Array.from({ length: 8 }, (_, i) => pan(i + 1))
  const refreshed = bench.refresh(catalogues['day2']!).finally(() => {
    isRefreshed = true
  })
  await Promise.all([...clients, refreshed])
  assert.equal((await refreshed).jobState, 'completed')
  assert.ok(answers >= 8)

  await fixture.tiles.charts.until(
    ({ cells }) => cells.length === 4 && cells.every(({ name, edition }) => edition === (/[AC]$/.test(name) ? 2 : 1)),
  )
  let changed = 0
  for (const [tile, old] of before) {
    const again = await fetchTile(tile, { 'if-none-match': old.etag })
    const now = again.status === 304 ? old : check(again)
    assert.equal(again.headers.get('etag') === old.etag, again.status === 304, tile)
    const concerned = [...old.cells, ...now.cells].some((cell) => CHANGED.includes(cell.slice(0, 8)))
    assert.equal(again.status, concerned ? 200 : 304, `${tile}: ${[...old.cells]} then ${[...now.cells]}`)
    // Judged by the ground of the cells and not by the header: more than a unit of it in reach, or none at all.
    const near = CHANGED.map((name) => overlap(tile, BOXES[name]!))
    if (near.some((units) => units > 2)) assert.equal(again.status, 200, tile)
    else if (near.every((units) => units < -6)) assert.equal(again.status, 304, tile)
    if (again.status === 200) changed++
    if (again.status === 200) for (const cell of now.cells) assert.ok(!/[AC] 1/.test(cell), `${tile} still has ${cell}`)
  }
  assert.ok(changed > 20 && before.size - changed > 20, `${changed} of ${before.size} changed`)
})

/** Checks the content against the header, and returns the ETag and the cells. */
function check({ status, headers, bytes, tile }: Answer): { etag: string; cells: Set<string> } {
  assert.equal(status, 200, tile)
  const cells = new Set((headers.get('x-chart-cells') ?? '').split(', ').filter((text) => text !== ''))
  assert.equal(new Set([...cells].map((cell) => cell.slice(0, 8))).size, cells.size, `${tile} names a cell twice`)
  for (const [name, layer] of Object.entries(new VectorTile(new PbfReader(bytes)).layers)) {
    for (let i = 0; i < layer.length; i++) {
      const { INFORM, cell, edition, update } = layer.feature(i).properties
      const of = name === 'chart_cells' ? `${cell} ${edition}.${update}` : INFORM
      // Lines that the compiler adds have no attributes of their own.
      if (!['basemap_land', 'depth_boundaries'].includes(name))
        assert.ok(cells.has(String(of)), `${tile}: ${name} of ${of} in a tile of ${[...cells]}`)
    }
  }
  return { etag: headers.get('etag')!, cells }
}

interface Answer {
  tile: string
  status: number
  headers: Headers
  bytes: Uint8Array
}

async function fetchTile(tile: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${fixture.origin}/api/v2/tiles/enc-v2/${tile}.mvt`, {
    headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity', ...headers },
  })
  return { tile, status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
}

async function ask(tiles: readonly string[]): Promise<Map<string, ReturnType<typeof check>>> {
  const found = new Map<string, ReturnType<typeof check>>()
  for (const tile of tiles) found.set(tile, check(await fetchTile(tile)))
  return found
}

function tilesAround(): string[] {
  const tiles: string[] = []
  for (let z = 0; z <= DEEPEST; z++) {
    const [first, last] = [tileAt(9.9, 50.1, z), tileAt(10.5, 49.97, z)]
    for (let x = first.x; x <= last.x; x++) for (let y = first.y; y <= last.y; y++) tiles.push(tileKey({ z, x, y }))
  }
  return tiles
}

/** Units by which a box reaches into a tile with its buffer; no cell here has a light. */
function overlap(tile: string, [west, south, east, north]: Box): number {
  const [z = 0, x = 0, y = 0] = tile.split('/').map(Number)
  const { minX, minY, maxX, maxY } = tileWorldBox({ z, x, y }, TILE_BUFFER)
  const [left, right, top, bottom] = [xOfLongitude(west), xOfLongitude(east), yOfLatitude(north), yOfLatitude(south)]
  const units = (EXTENT * 2 ** z) / WORLD
  return units * Math.min(right - minX, maxX - left, bottom - minY, maxY - top, right - left, bottom - top)
}

function madeCell(name: string, edition: number): MirrorCell {
  const box = BOXES[name]!
  const attributes = { INFORM: `${name} ${edition}.0` }
  const ring = ([west, south, east, north]: Box) => [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  const features: FeatureSpec[] = [
    { objectClass: 'M_COVR', attributes: { CATCOV: 1, ...attributes }, geometry: { type: 'Polygon', coordinates: [ring(box)] } },
  ]
  const [west, south, east, north] = box
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 2; j++) {
      const at = (u: number, v: number): [number, number] => [
        Math.round((west + (u * (east - west)) / 4) * 1e7) / 1e7,
        Math.round((south + (v * (north - south)) / 2) * 1e7) / 1e7,
      ]
      const [a, b] = [at(i, j), at(i + 1, j + 1)]
      const coordinates = [ring([a[0], a[1], b[0], b[1]])]
      const depths = { DRVAL1: i + edition, DRVAL2: i + edition + 2 }
      features.push({
        objectClass: 'DEPARE',
        attributes: { ...depths, ...attributes },
        geometry: { type: 'Polygon', coordinates },
      })
      features.push({ objectClass: 'BOYLAT', attributes, geometry: { type: 'Point', coordinates: at(i + 0.5, j + 0.5) } })
    }
  }
  const dates = { issueDate: `2026-0${edition}-02`, updateApplicationDate: `2026-0${edition}-02` }
  const base = writeCell({ name, edition, usageBand: 5, compilationScale: 45_000, features, dataLimit: box, ...dates })
  return {
    name,
    longName: `${name} (invented)`,
    scale: 45_000,
    status: 'Active',
    edition,
    updateNumber: 0,
    ...dates,
    zipDate: '2026-03-17T05:00:00Z',
    panels: [{ type: 'exterior', ring: ring(box) }],
    files: [{ name: `${name}.000`, bytes: base }],
  }
}
