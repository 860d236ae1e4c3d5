import type { Position } from '#s57/geometry.ts'
import type { AttributeSpec, CellSpec, FeatureRecordSpec, FeatureSpec, VectorRecordSpec } from '#s57/writer/cell-spec.ts'
import { layOutFeatures } from '#s57/writer/lay-out-features.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import type { CellFiles } from './chart-files.ts'

/** Creates a seeded generator of numbers from 0 to 1 (linear congruential). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Describes a cell of invented sea bed. */
export interface InventedCellOptions {
  name: string
  seed: number
  /** Depth areas along each side. */
  squares: number
  /** Vertices along each side of a depth area. */
  vertices: number
  west?: number
  spec?: Partial<CellSpec>
}

/**
 * Creates a grid of depth areas that share irregular boundaries, with islands, contours, soundings, buoys that point to their lights,
 * and names in a second language.
 */
export function inventedCellSpec({ name, seed, squares, vertices, west = -40, spec = {} }: InventedCellOptions): CellSpec {
  const random = seededRandom(seed)
  const size = 0.01
  const south = 50
  const grid = (value: number) => Math.round(value * 1e6) / 1e6
  const sides = new Map<string, Position[]>()
  /** Returns the vertices from one corner of the grid to the next one to the east or north; each side is created once. */
  const side = (x: number, y: number, direction: 'east' | 'north'): Position[] => {
    const key = `${x} ${y} ${direction}`
    let line = sides.get(key)
    if (line === undefined) {
      line = Array.from({ length: vertices + 1 }, (_, i) => {
        const along = i / vertices
        const wobble = i === 0 || i === vertices ? 0 : (random() - 0.5) * 0.1
        const [dx, dy] = direction === 'east' ? [along, wobble] : [wobble, along]
        return [grid(west + (x + dx) * size), grid(south + (y + dy) * size)]
      })
      sides.set(key, line)
    }
    return line
  }
  const features: FeatureSpec[] = []
  for (let y = 0; y < squares; y++) {
    for (let x = 0; x < squares; x++) {
      const ring = [
        ...side(x, y, 'east'),
        ...side(x + 1, y, 'north').slice(1),
        ...side(x, y + 1, 'east')
          .toReversed()
          .slice(1),
        ...side(x, y, 'north').toReversed().slice(1),
      ]
      const at = (dx: number, dy: number): Position => [grid(west + (x + dx) * size), grid(south + (y + dy) * size)]
      const island = random() < 0.4 ? [at(0.4, 0.4), at(0.6, 0.4), at(0.6, 0.6), at(0.4, 0.6), at(0.4, 0.4)] : null
      const depth = Math.floor(random() * 30)
      const holes = island === null ? [] : [island.toReversed()]
      const attributes: AttributeSpec = { DRVAL1: depth, DRVAL2: depth + 5, SORDAT: '20260101' }
      features.push({ objectClass: 'DEPARE', attributes, geometry: { type: 'Polygon', coordinates: [ring, ...holes] } })
      if (island !== null) {
        const names = { attributes: { OBJNAM: `Île ${x}-${y}` }, nationalAttributes: { NOBJNM: `Ostrov ${x}-${y}` } }
        features.push({ objectClass: 'LNDARE', ...names, geometry: { type: 'Polygon', coordinates: [island] } })
        features.push({ objectClass: 'COALNE', geometry: { type: 'LineString', coordinates: island } })
      }
      features.push({
        objectClass: 'DEPCNT',
        attributes: { VALDCO: depth },
        geometry: { type: 'LineString', coordinates: side(x, y, 'north') },
      })
      const soundings = Array.from({ length: 20 }, (): Position => [...at(random(), random()), Math.round(random() * 300) / 10])
      features.push({ objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates: soundings } })
      const place = at(0.2 + random() * 0.1, 0.2)
      features.push({
        objectClass: 'BOYLAT',
        attributes: { BOYSHP: 2, CATLAM: 1, COLOUR: '3,4', OBJNAM: `Buoy ${x}-${y}`, INFORM: '' },
        geometry: { type: 'Point', coordinates: place },
        references: [{ key: `light ${x} ${y}`, relation: 2 }],
      })
      const light: AttributeSpec = { COLOUR: 3, LITCHR: 2, SIGPER: 4.5, VALNMR: 6 }
      features.push({
        objectClass: 'LIGHTS',
        key: `light ${x} ${y}`,
        attributes: light,
        geometry: { type: 'Point', coordinates: place },
      })
    }
  }
  return { name, nationalLevel: 2, features, ...spec }
}

/**
 * Creates two updates of an invented cell with every kind of edit: attributes changed, added and deleted; features and nodes deleted
 * and inserted; coordinates and pointers inserted, changed and deleted by index. National attributes do not change, because GDAL does
 * not apply changes of NATF.
 */
function inventedUpdates(spec: CellSpec): Uint8Array[] {
  const { vectors, features } = layOutFeatures(spec, spec.features)
  const edges = vectors.filter(({ kind, coordinates }) => kind === 130 && (coordinates?.length ?? 0) >= 4)
  const soundings = vectors.find(({ coordinates }) => coordinates?.[0]?.length === 3)!
  const of = (objectClass: string, nth = 0) => features.filter((feature) => feature.objectClass === objectClass)[nth]!
  const edit = (edge: VectorRecordSpec, change: Partial<VectorRecordSpec>, version = 2): VectorRecordSpec => ({
    kind: edge.kind,
    id: edge.id,
    instruction: 3,
    version,
    ...change,
  })
  const change = (feature: FeatureRecordSpec, what: Partial<FeatureRecordSpec>, version = 2): FeatureRecordSpec => ({
    id: feature.id,
    objectClass: feature.objectClass,
    primitive: feature.primitive,
    ...(feature.featureId === undefined ? {} : { featureId: feature.featureId }),
    instruction: 3,
    version,
    ...what,
  })
  const near = ([x, y]: Position, by: number): Position => [x! + by, y! - by]
  const [first, second, third] = edges as [VectorRecordSpec, VectorRecordSpec, VectorRecordSpec]
  const buoy = of('BOYLAT')
  const coast = of('COALNE')
  const one = writeUpdate({
    ...spec,
    updateNumber: 1,
    updateApplicationDate: null,
    vectors: [
      edit(first, {
        coordinates: first.coordinates!.slice(1, 3).map((position) => near(position, 0.0001)),
        coordinateEdit: { instruction: 3, index: 2, count: 2 },
      }),
      edit(second, {
        coordinates: [near(second.coordinates![0]!, 0.0002), near(second.coordinates![1]!, 0.0003)],
        coordinateEdit: { instruction: 1, index: 2, count: 2 },
      }),
      edit(third, { coordinateEdit: { instruction: 2, index: 2, count: 1 } }),
      edit(soundings, {
        coordinates: [[...near(soundings.coordinates![0]!, 0.001), 12.3]],
        coordinateEdit: { instruction: 1, index: 1, count: 1 },
      }),
    ],
    features: [
      change(buoy, { attributes: { OBJNAM: 'Renamed', CATLAM: '\x7f', STATUS: 1 } }),
      { ...change(of('SOUNDG', 1), {}), instruction: 2 },
      { ...change(of('LIGHTS', 2), {}), instruction: 2 },
    ],
    insert: [
      { objectClass: 'UWTROC', attributes: { VALSOU: 1.5 }, geometry: { type: 'Point', coordinates: [-39.99, 50.005] } },
      {
        objectClass: 'CBLSUB',
        geometry: {
          type: 'LineString',
          coordinates: [
            [-39.99, 50.001],
            [-39.98, 50.004],
            [-39.97, 50.002],
          ],
        },
      },
    ],
  })
  const pointers = coast.spatial!
  const two = writeUpdate({
    ...spec,
    updateNumber: 2,
    updateApplicationDate: null,
    vectors: [edit(first, { coordinateEdit: { instruction: 2, index: 1, count: first.coordinates!.length - 1 } }, 3)],
    features: [
      change(buoy, { attributes: { STATUS: '\x7f' }, referenceEdit: { instruction: 2, index: 1, count: 1 } }, 3),
      change(of('LIGHTS', 1), {
        references: [
          {
            agency: spec.producer ?? 65_535,
            featureId: of('BOYLAT', 1).featureId ?? of('BOYLAT', 1).id,
            featureSubdivision: 1,
            relation: 1,
          },
        ],
        referenceEdit: { instruction: 1, index: 1, count: 1 },
      }),
      change(coast, { spatial: [pointers[0]!], spatialEdit: { instruction: 3, index: 1, count: 1 } }),
    ],
  })
  return [one, two]
}

/** An invented cell as files: base and its two updates. */
export function inventedCell(options: InventedCellOptions): CellFiles {
  const spec = inventedCellSpec(options)
  const { name } = options
  const updates = inventedUpdates(spec).map((bytes, i) => ({ name: `${name}.00${i + 1}`, bytes }))
  return { name, base: { name: `${name}.000`, bytes: writeCell(spec) }, updates }
}
