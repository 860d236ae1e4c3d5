import { createRandom } from '#demo/noise.ts'
import type { Position } from '#s57/geometry.ts'
import type { AttributeSpec, FeatureSpec } from '#s57/writer/cell-spec.ts'
import type { Field } from './template-fields.ts'

/** SCAMIN values that NOAA uses. */
const SCAMINS = [
  11_999, 17_999, 21_999, 29_999, 44_999, 59_999, 89_999, 119_999, 179_999, 259_999, 349_999, 499_999, 699_999, 999_999,
  1_499_999, 2_999_999, 3_999_999, 9_999_999,
]
const SOUNDINGS_PER_RECORD = 80

export interface ObjectsOptions {
  side: number
  scale: number
  /** Roughly how many features, soundings not counted, and how many soundings. */
  features: number
  soundings: number
  seed: number
  height: Field
  isCovered: Field
}

type Spot = readonly [number, number]

/** Draws features by places in shares of the cell's side. */
interface Sketch {
  features: FeatureSpec[]
  random: () => number
  /** The first usual SCAMIN above the scale times this factor. */
  scamin(factor: number): number
  /** The word with the next number. */
  name(word: string): string
  depthAt(spot: Spot): number
  point(objectClass: string, spot: Spot, attributes: AttributeSpec, more?: Partial<FeatureSpec>): void
  line(objectClass: string, spot: Spot, length: number, count: number, attributes: AttributeSpec): void
  area(objectClass: string, spot: Spot, radius: number, count: number, attributes: AttributeSpec): void
}

/** Objects of one kind: their share of all, where they may stand, and how one is drawn. */
interface Kind {
  share: number
  where: 'sea' | 'land' | 'any'
  make(spot: Spot): void
}

/** Everything of a template that is neither ground nor coverage: soundings, lights with sectors, marks, dangers, works, areas, lines. */
export function templateObjects(options: ObjectsOptions): FeatureSpec[] {
  const { height, isCovered } = options
  const random = createRandom(options.seed ^ 0xb0a7)
  const sketch = createSketch(options, random)

  /** A covered place at sea or on land, or null when none was found near. */
  const place = (where: Kind['where']): Spot | null => {
    for (let attempt = 0; attempt < 12; attempt++) {
      const [x, y] = [0.01 + random() * 0.98, 0.01 + random() * 0.98]
      if (isCovered(x, y) <= 0) continue
      const h = height(x, y)
      if (where === 'any' || (where === 'sea' ? h < -1 : h > 2)) return [x, y]
    }
    return null
  }
  for (const { share, where, make } of kinds(sketch)) {
    for (let i = 0; i < Math.round(share * options.features); i++) {
      const spot = place(where)
      if (spot !== null) make(spot)
    }
  }
  return [...sketch.features, ...soundingArrays(options, random)]
}

function createSketch({ side, scale, height }: ObjectsOptions, random: () => number): Sketch {
  const features: FeatureSpec[] = []
  let names = 0
  const at = ([x, y]: Spot): Position => [x * side, y * side]
  return {
    features,
    random,
    scamin: (factor) => SCAMINS.find((value) => value > scale * factor) ?? 9_999_999,
    name: (word) => `${word} ${++names}`,
    depthAt: ([x, y]) => Math.max(0.1, Math.round(-height(x, y) * 10) / 10),
    point(objectClass, spot, attributes, more = {}) {
      features.push({ objectClass, attributes, geometry: { type: 'Point', coordinates: at(spot) }, ...more })
    },
    line(objectClass, spot, length, count, attributes) {
      const points = wavyLine(spot, length, count, random)
      if (points.length >= 2)
        features.push({ objectClass, attributes, geometry: { type: 'LineString', coordinates: points.map(at) } })
    },
    area(objectClass, spot, radius, count, attributes) {
      const ring = roughRing(spot, radius, count, random).map(at)
      if (ring.length > 0) features.push({ objectClass, attributes, geometry: { type: 'Polygon', coordinates: [ring] } })
    },
  }
}

function kinds(sketch: Sketch): Kind[] {
  const { point, line, area, name, depthAt, scamin } = sketch
  return [
    {
      share: 0.2,
      where: 'sea',
      make: (spot) => point('UWTROC', spot, { VALSOU: depthAt(spot), WATLEV: 3, SCAMIN: scamin(2) }),
    },
    { share: 0.16, where: 'sea', make: (spot) => point('SBDARE', spot, { NATSUR: '4,1', SCAMIN: scamin(3) }) },
    {
      share: 0.1,
      where: 'sea',
      make: (spot) => point('OBSTRN', spot, { CATOBS: 1, VALSOU: depthAt(spot), WATLEV: 3, SCAMIN: scamin(4) }),
    },
    {
      share: 0.05,
      where: 'sea',
      make: (spot) => point('WRECKS', spot, { CATWRK: 2, VALSOU: depthAt(spot), WATLEV: 3, OBJNAM: name('Wreck') }),
    },
    {
      share: 0.11,
      where: 'land',
      make: (spot) => point('LNDMRK', spot, { CATLMK: 17, CONVIS: 1, FUNCTN: 33, SCAMIN: scamin(4) }),
    },
    { share: 0.06, where: 'land', make: (spot) => point('BUISGL', spot, { SCAMIN: scamin(2) }) },
    { share: 0.06, where: 'land', make: (spot) => point('LNDRGN', spot, { OBJNAM: name('Land'), SCAMIN: scamin(6) }) },
    {
      share: 0.05,
      where: 'sea',
      make: (spot) => point('SEAARE', spot, { CATSEA: 5, OBJNAM: name('Bay'), SCAMIN: scamin(6) }),
    },
    { share: 0.07, where: 'sea', make: (spot) => buoy(sketch, spot) },
    { share: 0.03, where: 'land', make: (spot) => sectorLight(sketch, spot) },
    {
      share: 0.06,
      where: 'any',
      make: (spot) => line('SLCONS', spot, 0.03, 6, { CATSLC: 4, WATLEV: 2, SCAMIN: scamin(3) }),
    },
    { share: 0.03, where: 'sea', make: (spot) => line('CBLSUB', spot, 0.2, 24, { CATCBL: 4, SCAMIN: scamin(6) }) },
    {
      share: 0.02,
      where: 'sea',
      make: (spot) => area('RESARE', spot, 0.06, 20, { CATREA: 4, RESTRN: '7', SCAMIN: scamin(8) }),
    },
    { share: 0.02, where: 'sea', make: (spot) => area('ACHARE', spot, 0.03, 14, { CATACH: 1, SCAMIN: scamin(6) }) },
  ]
}

function buoy({ random, name, scamin, point }: Sketch, spot: Spot): void {
  const key = name('buoy')
  const side = random() < 0.5
  const colour = side ? 3 : 4
  point('LIGHTS', spot, { COLOUR: colour, LITCHR: 2, SIGPER: 4, VALNMR: 3, SCAMIN: scamin(5) }, { key })
  point(
    'BOYLAT',
    spot,
    { BOYSHP: side ? 1 : 2, CATLAM: side ? 2 : 1, COLOUR: colour, OBJNAM: name('Buoy'), SCAMIN: scamin(5) },
    { references: [{ key, relation: 2 }] },
  )
}

/** White over a channel, red and green beside it. */
function sectorLight({ random, name, point }: Sketch, spot: Spot): void {
  const from = Math.floor(random() * 360)
  const turn = (degrees: number) => (from + degrees) % 360
  const shared = { LITCHR: 2, SIGGRP: '(2)', SIGPER: 10, HEIGHT: 31, OBJNAM: name('Light') }
  for (const [colour, start, end, range] of [
    [4, 0, 49, 9],
    [1, 49, 61, 12],
    [3, 61, 125, 9],
  ] as const) {
    point('LIGHTS', spot, { ...shared, COLOUR: colour, SECTR1: turn(start), SECTR2: turn(end), VALNMR: range })
  }
}

/** The points of a wavy line from a place on, in shares of the cell's side; without those outside the cell. */
function wavyLine([x, y]: readonly [number, number], length: number, count: number, random: () => number): [number, number][] {
  const heading = random() * 2 * Math.PI
  return Array.from({ length: count }, (_, i): [number, number] => {
    const along = (length * i) / (count - 1)
    const aside = (random() - 0.5) * length * 0.08
    return [x + along * Math.cos(heading) - aside * Math.sin(heading), y + along * Math.sin(heading) + aside * Math.cos(heading)]
  }).filter(([px, py]) => px > 0 && px < 1 && py > 0 && py < 1)
}

/** A closed rough circle, in shares of the cell's side; empty when it does not fit into the cell. */
function roughRing([x, y]: readonly [number, number], radius: number, count: number, random: () => number): [number, number][] {
  if (Math.min(x, y, 1 - x, 1 - y) <= radius) return []
  const ring = Array.from({ length: count }, (_, i): [number, number] => {
    const angle = (2 * Math.PI * i) / count
    const reach = radius * (0.6 + 0.4 * random())
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)]
  })
  return [...ring, ...ring.slice(0, 1)]
}

function soundingArrays({ side, soundings, height, isCovered }: ObjectsOptions, random: () => number): FeatureSpec[] {
  const columns = Math.max(2, Math.ceil(Math.sqrt(soundings * 1.6)))
  const found: Position[] = []
  for (let i = 0; i < columns * columns; i++) {
    const x = ((i % columns) + 0.2 + 0.6 * random()) / columns
    const y = (Math.floor(i / columns) + 0.2 + 0.6 * random()) / columns
    const h = height(x, y)
    if (h < -0.4 && isCovered(x, y) > 0) found.push([x * side, y * side, h > -31 ? Math.floor(-h * 10) / 10 : Math.floor(-h)])
  }
  return Array.from({ length: Math.ceil(found.length / SOUNDINGS_PER_RECORD) }, (_, i): FeatureSpec => {
    const coordinates = found.slice(i * SOUNDINGS_PER_RECORD, (i + 1) * SOUNDINGS_PER_RECORD)
    return { objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates } }
  })
}
