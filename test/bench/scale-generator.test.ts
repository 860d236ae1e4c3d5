import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { signedArea } from '#demo/link-edges.ts'
import type { Position } from '#s57/geometry.ts'
import { readCell, toGeoJson } from '#s57/read-cell.ts'
import { BAND_PLANS, cellsPerBand } from '../../bench/scale/generate/band-plans.ts'
import { changedOn, statesOn } from '../../bench/scale/generate/cell-state.ts'
import { planMirror } from '../../bench/scale/generate/plan-mirror.ts'
import { boxOn, stampCell } from '../../bench/scale/generate/stamp-cell.ts'
import { writeMirrorDay } from '../../bench/scale/generate/write-mirror-day.ts'
import { type Template, writeTemplate } from '../../bench/scale/generate/write-template.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-scale-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Harbour cells small enough for a test, one template of each kind of coverage among the first ten. */
const small = { ...BAND_PLANS[4]!, medianBytes: 20_000 }
const templates = new Map<number, Template>()
function templateOf(number: number): Template {
  const template = templates.get(number) ?? writeTemplate(small, number, 1)
  templates.set(number, template)
  return template
}

function digests(day: string): Map<string, string> {
  const names = readdirSync(day).toSorted()
  return new Map(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(day, name)))
        .digest('hex'),
    ]),
  )
}

test('all of NOAA has 30, 90, 260, 1,620 and 4,945 cells in usage bands 1 to 5', () => {
  assert.deepEqual(cellsPerBand(6_945), [30, 90, 260, 1_620, 4_945])
})

test('a smaller mirror keeps the proportions of the bands and has a cell of each', () => {
  assert.deepEqual(cellsPerBand(694), [3, 9, 26, 162, 494])
  assert.deepEqual(cellsPerBand(20), [1, 1, 1, 5, 12])
  assert.throws(() => cellsPerBand(4), RangeError)
})

test('a plan has distinct names and as many cells as were asked for', () => {
  const { cells } = planMirror(6_945, 1)
  assert.equal(new Set(cells.map(({ name }) => name)).size, 6_945)
  assert.ok(cells.every(({ name, band }) => name.length === 8 && name[2] === String(band)))
  assert.deepEqual(
    BAND_PLANS.map(({ band }) => cells.filter((cell) => cell.band === band).length),
    [30, 90, 260, 1_620, 4_945],
  )
})

test('every cell of a finer band lies in a cell of the next coarser one', () => {
  const { cells } = planMirror(6_945, 1)
  for (const { box, parent, band, name } of cells) {
    if (band === 1) {
      assert.equal(parent, null)
      continue
    }
    const around = cells[parent ?? -1]
    assert.equal(around?.band, band - 1)
    const within = around.box.every((limit, side) => (side < 2 ? box[side]! >= limit - 1e-6 : box[side]! <= limit + 1e-6))
    assert.ok(within, `${name} ${box} leaves ${around.name} ${around.box}`)
  }
})

test('cells lie on both sides of the antimeridian, with longitudes that S-57 can hold', () => {
  const { cells } = planMirror(6_945, 1)
  assert.ok(cells.some(({ box }) => box[0] < -180 && box[2] > -180))
  assert.ok(cells.some(({ box }) => box[2] < -180))
  assert.ok(cells.some(({ box }) => box[0] > 140))
  for (const { box } of cells) assert.ok(box.every((limit) => Math.abs(limit) < 214) && box[1] > -78 && box[3] < 78)
})

test('the same seed gives the same bytes, another seed gives others', async () => {
  const write = async (name: string, seed: number) => {
    await writeMirrorDay(path.join(folder, name), planMirror(20, seed, 0.05), 1)
    return digests(path.join(folder, name))
  }
  const first = await write('first', 1)
  assert.equal(first.size, 21)
  assert.deepEqual(await write('again', 1), first)
  const other = await write('other', 2)
  const same = [...other].filter(([name, digest]) => first.get(name) === digest)
  assert.deepEqual(same, [])
})

test('day 2 differs from day 1 in exactly 50 cells of all bands, by a new edition or an update', () => {
  const mirror = planMirror(694, 1)
  const [before, now] = [statesOn(mirror, 1), statesOn(mirror, 2)]
  const differing = mirror.cells.filter(({ index }) => {
    const [a, b] = [before[index]!, now[index]!]
    return a.edition !== b.edition || a.updates !== b.updates
  })
  assert.equal(differing.length, 50)
  assert.deepEqual(new Set(differing.map(({ band }) => band)), new Set([1, 2, 3, 4, 5]))
  const updated = differing.filter(({ index }) => now[index]!.edition === before[index]!.edition)
  assert.equal(updated.length, 25)
  assert.deepEqual(new Set(changedOn(mirror, 2)), new Set(differing))
})

test('day 2 writes only the zips of the changed cells, and a catalogue of all cells', async () => {
  const mirror = planMirror(60, 1, 0.05)
  const written = await writeMirrorDay(path.join(folder, 'day2'), mirror, 2)
  const changed = changedOn(mirror, 2).map(({ name }) => `${name}.zip`)
  assert.equal(written.cells, 50)
  assert.deepEqual(readdirSync(path.join(folder, 'day2')).toSorted(), ['ENCProdCat.xml', ...changed].toSorted())
  const catalogue = readFileSync(written.catalogue, 'utf8')
  assert.equal([...catalogue.matchAll(/<cell>/g)].length, 60)
  const date = (name: string) => new RegExp(`<name>${name}</name>[^]*?<zipfile_datetime_iso8601>([^<]*)`).exec(catalogue)?.[1]
  for (const { name } of mirror.cells) {
    assert.equal(date(name), changed.includes(`${name}.zip`) ? '2026-01-06T05:00:00Z' : '2026-01-05T05:00:00Z')
  }
})

test('a stamped cell reads without warnings, in its box, with its own name, edition and updates', () => {
  const mirror = planMirror(20, 1)
  const cell = { ...mirror.cells.at(-1)!, edition: 42, updates: 3 }
  const state = { edition: 42, updates: 3, revised: 0, changed: 1 }
  const [base, ...updates] = stampCell(templateOf(1), cell, state).files
  const read = readCell(base!, updates)
  assert.deepEqual(read.warnings, [])
  assert.deepEqual([read.name, read.edition, read.updateNumber], [cell.name, 42, 3])
  const features = [...read.features()]
  const acronyms = new Set(features.map(({ acronym }) => acronym))
  for (const each of ['DEPARE', 'DEPCNT', 'LNDARE', 'COALNE', 'SOUNDG', 'LIGHTS', 'BOYLAT', 'M_COVR']) {
    assert.ok(acronyms.has(each), `the cell has no ${each}`)
  }
  assert.equal(features.filter(({ attributes }) => attributes.get('OBJNAM')?.startsWith('Update ')).length, 3)
  assert.ok(features.some(({ acronym, attributes }) => acronym === 'LIGHTS' && attributes.has('SECTR1')))
  assert.ok(features.some(({ attributes }) => attributes.has('SCAMIN')))
  const positions = features.flatMap(({ geometry }) => (geometry === null ? [] : positionsOf(toGeoJson(geometry))))
  const range = (axis: number) => [Math.min(...positions.map((at) => at[axis]!)), Math.max(...positions.map((at) => at[axis]!))]
  const [[west, east], [south, north]] = [range(0), range(1)]
  assert.deepEqual([west, south, east, north], cell.box)
})

test('depth areas and contours share edges', () => {
  const mirror = planMirror(20, 1)
  const cell = mirror.cells.at(-1)!
  const [base] = stampCell(templateOf(0), cell, { edition: 10, updates: 0, revised: 0, changed: 1 }).files
  const features = [...readCell(base!).features()]
  const alongContours = new Set(
    features
      .filter(({ acronym }) => acronym === 'DEPCNT')
      .flatMap(({ geometry }) => positionsOf(toGeoJson(geometry!)).map((at) => at.join(' '))),
  )
  const alongAreas = features
    .filter(({ acronym }) => acronym === 'DEPARE')
    .flatMap(({ geometry }) => positionsOf(toGeoJson(geometry!)).map((at) => at.join(' ')))
  const areas = new Set(alongAreas)
  assert.ok(alongContours.size > 20)
  assert.deepEqual(
    [...alongContours].filter((at) => !areas.has(at)),
    [],
  )
})

test('the coverages of a cell tile its box: simple rings, holes inside, the rest as CATCOV 2, as the catalogue lists them', () => {
  const mirror = planMirror(20, 1)
  const cell = mirror.cells.at(-1)!
  const kinds = new Set<string>()
  for (let number = 0; number < 10; number++) {
    const template = templateOf(number)
    kinds.add(template.kind)
    const stamped = stampCell(template, cell, { edition: 10, updates: 0, revised: 0, changed: 1 })
    const covers = [...readCell(stamped.files[0]!).features()].filter(({ acronym }) => acronym === 'M_COVR')
    const areas = { '1': 0, '2': 0 }
    const rings: string[] = []
    for (const { geometry, attributes } of covers) {
      const shape = toGeoJson(geometry!)
      assert.ok(shape.type === 'Polygon')
      const category = attributes.get('CATCOV') as '1' | '2'
      for (const [i, ring] of shape.coordinates.entries()) {
        assertSimple(ring)
        areas[category] += (i === 0 ? 1 : -1) * Math.abs(signedArea(ring))
        if (category === '1') rings.push(ringKey(ring))
      }
    }
    const [west, south, east, north] = cell.box
    const box = 2 * (east - west) * (north - south)
    assert.ok(Math.abs(areas['1'] + areas['2'] - box) < box * 1e-9, `the coverages of template ${number} do not tile the box`)
    assert.ok(areas['1'] > box / 100, `template ${number} covers next to nothing`)
    assert.deepEqual(stamped.panels.map(({ ring }) => ringKey(ring)).toSorted(), rings.toSorted())
    if (template.kind !== 'box') assert.ok(Math.max(...stamped.panels.map(({ ring }) => ring.length)) > 12)
    if (template.kind === 'holed') assert.ok(stamped.panels.some(({ type }) => type === 'interior'))
    if (template.kind === 'insets') assert.ok(stamped.panels.length > 1)
  }
  assert.deepEqual(kinds, new Set(['box', 'outline', 'insets', 'holed']))
})

test('every second new edition of a cell with an odd number covers other ground', () => {
  const mirror = planMirror(694, 1)
  const state = { edition: 11, updates: 0, changed: 2 }
  const moved = mirror.cells.filter((cell) => boxOn(cell, { ...state, revised: 1 })[0] !== cell.box[0])
  assert.equal(moved.length, 347)
  assert.deepEqual(
    mirror.cells.map((cell) => boxOn(cell, { ...state, revised: 2 })),
    mirror.cells.map(({ box }) => box),
  )
})

/** Fails when two sides of a closed ring that are not neighbours meet. */
function assertSimple(ring: readonly Position[]): void {
  const side = (a: Position, b: Position, c: Position) =>
    Math.sign((b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!))
  const sides = ring.length - 1
  for (let i = 0; i < sides; i++) {
    for (let k = i + 2; k < sides; k++) {
      if (i === 0 && k === sides - 1) continue
      const [a, b, c, d] = [ring[i]!, ring[i + 1]!, ring[k]!, ring[k + 1]!]
      const crosses = side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
      assert.ok(!crosses, `a ring crosses itself near ${a}`)
    }
  }
}

/** The same for equal rings, whichever way round and wherever they begin. Vertices within a side along the rim of the cell do not count. */
function ringKey(ring: readonly Position[]): string {
  const points = ring.slice(1).map(([x, y]): [string, string] => [x!.toFixed(7), y!.toFixed(7)])
  const corners = points.filter(([x, y], i) => {
    const [before, after] = [points.at(i - 1)!, points[(i + 1) % points.length]!]
    return !(before[0] === x && after[0] === x) && !(before[1] === y && after[1] === y)
  })
  return corners
    .map((corner) => corner.join(' '))
    .toSorted()
    .join(', ')
}

function positionsOf(geometry: ReturnType<typeof toGeoJson>): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates]
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat()
    case 'MultiPolygon':
      return geometry.coordinates.flat(2)
  }
}
