import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CompiledCell, FLAG, FULL_ZOOM, NO_DEPTH } from '#compiled/format/compiled-cell.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { createPositionBuffer, readPart } from '#compiled/read/read-part.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { createRandom } from '#demo/noise.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import type { Cell, Feature } from '#s57/cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { mirrorCells, noCharts } from '../s57/chart-files.ts'

// S-52 draws the safety contour along each edge where the depth shade changes across the safety depth (DEPARE03). These tests find those
// edges only from the objects of the file and compare them with what the compiler offers to styles.

type Point = readonly [x: number, y: number]

/** A segment by its ends in world units; both directions have the same key. */
const keyOf = (a: Point, b: Point) => (isFirst(a, b) ? `${a} ${b}` : `${b} ${a}`)
const isFirst = (a: Point, b: Point) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
const inWorld = (x: number, y: number): Point => [((x % WORLD) + WORLD) % WORLD, y]

/** The lines and rings of a feature in world units, without repeated positions and rings that have no area left. */
function pathsOf({ geometry, primitive }: Feature): Point[][] {
  if (geometry === null) return []
  const { positions, paths, width } = geometry
  const all = paths.map((end, i) => {
    const path: Point[] = []
    for (let at = paths[i - 1] ?? 0; at < end; at++) {
      const x = Math.round(xOfLongitude(positions[at * width]!))
      const y = Math.round(yOfLatitude(positions[at * width + 1]!))
      if (path.length === 0 || path.at(-1)![0] !== x || path.at(-1)![1] !== y) path.push([x, y])
    }
    return path
  })
  return all.filter((path) => path.length > 1 && (primitive !== 'area' || areaOf(path) !== 0)).map(wrapped)
}
const wrapped = (path: Point[]) => path.map(([x, y]) => inWorld(x, y))
const areaOf = (ring: Point[]) =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + (x - ring[0]![0]) * (nextY - ring[0]![1]) - (nextX - ring[0]![0]) * (y - ring[0]![1])
  }, 0)

function visitSegments(feature: Feature, visit: (a: Point, b: Point) => void): void {
  for (const path of pathsOf(feature)) for (let i = 1; i < path.length; i++) visit(path[i - 1]!, path[i]!)
}

const LAND = -Infinity
const EXEMPT = new Set(['RIVERS', 'LAKARE', 'CANALS', 'DOCARE', 'LOKBSN', 'GATCON', 'DAMCON'])

/** What lies on the two sides of an edge, and on it. */
interface Edge {
  left: number | null
  right: number | null
  exempt: boolean
  contours: number[]
}

function edgesOf(cell: Cell): Map<string, Edge> {
  const edges = new Map<string, Edge>()
  const edgeAt = (a: Point, b: Point): Edge => {
    const key = keyOf(a, b)
    const edge = edges.get(key) ?? { left: null, right: null, exempt: false, contours: [] }
    edges.set(key, edge)
    return edge
  }
  for (const feature of cell.features()) {
    const { acronym, primitive, attributes } = feature
    const number = (name: string) => (attributes.get(name) ? Number(attributes.get(name)) : null)
    const isGround = primitive === 'area' && ['DEPARE', 'DRGARE', 'LNDARE', 'UNSARE'].includes(acronym)
    const depth = acronym === 'LNDARE' || acronym === 'UNSARE' ? LAND : (number('DRVAL1') ?? -1)
    const isShoreWork = (acronym === 'SLCONS' || acronym === 'CAUSWY') && [null, 1, 2, 6].includes(number('WATLEV'))
    const isExempt = EXEMPT.has(acronym) || isShoreWork || (acronym === 'LNDARE' && primitive === 'line')
    if (!isGround && !isExempt && acronym !== 'DEPCNT') continue
    visitSegments(feature, (a, b) => {
      const edge = edgeAt(a, b)
      if (isExempt) edge.exempt = true
      if (acronym === 'DEPCNT') edge.contours.push(number('VALDCO') ?? Number.NaN)
      // Outer rings run counter-clockwise and holes clockwise, so the area is always on the left.
      if (isGround && isFirst(a, b)) edge.left = Math.min(edge.left ?? Infinity, depth)
      if (isGround && !isFirst(a, b)) edge.right = Math.min(edge.right ?? Infinity, depth)
    })
  }
  return edges
}

function isSafetyContour({ left, right, exempt, contours }: Edge, safetyDepth: number): boolean {
  if (contours.includes(safetyDepth)) return true
  if (left === null || right === null || (exempt && (left === LAND || right === LAND))) return false
  return left < safetyDepth !== right < safetyDepth
}

/** A run that a style may emphasise: its values in metres, and the keys of its segments. */
interface Line {
  shallowSide: number | null
  deepSide: number | null
  ownDepth: number | null
  segments: string[]
}

function linesOf(cell: CompiledCell): Line[] {
  const buffer = createPositionBuffer()
  const lines: Line[] = []
  const metres = (depth: number) => (depth === NO_DEPTH ? null : depth / 1000)
  for (let feature = 0; feature < cell.featureCount; feature++) {
    const isBoundary = (cell.featureFlags[feature]! & FLAG.depthBoundary) !== 0
    if (!isBoundary && cell.objectClass[feature] !== DEPCNT) continue
    for (let run = cell.runStart[feature]!; run < cell.runStart[feature + 1]!; run++) {
      const count = readPart(cell, cell.runPart[run]!, FULL_ZOOM, buffer)
      const at = (i: number) => inWorld(buffer.xy[i * 2]!, buffer.xy[i * 2 + 1]!)
      lines.push({
        shallowSide: metres(cell.runShallow[run]!),
        deepSide: metres(cell.runDeep[run]!),
        ownDepth: metres(cell.ownDepth[feature]!),
        segments: Array.from({ length: Math.max(0, count - 1) }, (_, i) => keyOf(at(i), at(i + 1))),
      })
    }
  }
  return lines
}
const DEPCNT = 43

/** The filter of docs/tiles.md. */
function isEmphasised({ shallowSide, deepSide, ownDepth }: Line, safetyDepth: number): boolean {
  if (ownDepth === safetyDepth) return true
  return shallowSide !== null && deepSide !== null && shallowSide < safetyDepth && deepSide >= safetyDepth
}

/** Compares the emphasised lines of a cell with its safety contour; returns the number of edges of the latter for each depth. */
function check(cell: Cell, safetyDepths: readonly number[]): number[] {
  const edges = edgesOf(cell)
  const lines = linesOf(openCompiledCell(compileCell(cell).buffer as ArrayBuffer))
  return safetyDepths.map((safetyDepth) => {
    const expected = new Set([...edges].filter(([, edge]) => isSafetyContour(edge, safetyDepth)).map(([key]) => key))
    const drawn = new Set(lines.filter((line) => isEmphasised(line, safetyDepth)).flatMap(({ segments }) => segments))
    const missing = [...expected].filter((key) => !drawn.has(key))
    const extra = [...drawn].filter((key) => !expected.has(key))
    const words = `${cell.name} at ${safetyDepth} m, of ${expected.size} segments`
    assert.deepEqual(
      [missing.slice(0, 3), extra.slice(0, 3)],
      [[], []],
      `${words}: ${missing.length} missing, ${extra.length} extra`,
    )
    return expected.size
  })
}

const random = createRandom(20_261)
const SAFETY_DEPTHS = [2, 3, 5, 10, ...Array.from({ length: 12 }, () => Math.round(random() ** 2 * 600) / 10 + 0.1)]

test('on the invented coast, every edge where the depth shade changes can be emphasised, and no other', () => {
  const totals = demoCells().map(({ files }) => check(readCell(files[0]!, files.slice(1)), SAFETY_DEPTHS))
  for (let i = 0; i < 4; i++) assert.ok(totals.reduce((sum, counts) => sum + counts[i]!, 0) > 100)
})

test('in the small NOAA mirror, every edge where the depth shade changes can be emphasised, and no other', {
  skip: noCharts,
}, async () => {
  for (const { base, updates } of await mirrorCells('day1')) check(readCell(base, updates), SAFETY_DEPTHS)
})
