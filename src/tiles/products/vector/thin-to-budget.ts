import { layerOfClass } from '#compiled/format/catalogue-lookup.ts'
import type { TileFeature, TileLayer } from '#tiles/mvt/tile-layer.ts'

/** Bytes of a tile before compression: larger tiles make clients stutter (advice for Mapbox tiles). */
export const TILE_BUDGET = 500_000

/**
 * Layers of objects that may be dropped, in this order. No other one ever is: the skin of the earth, coastlines, contours, dangers, aids to
 * navigation, areas that restrict or warn.
 */
const EXPENDABLE = [
  's57_sbdare',
  's57_m_qual',
  's57_m_npub',
  's57_m_nsys',
  's57_m_sdat',
  's57_m_vdat',
  's57_m_accy',
  's57_magvar',
  's57_vegatn',
  's57_lndelv',
  's57_slotop',
  's57_rivers',
  's57_roadwy',
  's57_railwy',
  's57_buisgl',
  's57_fnclne',
  's57_canals',
  's57_cranes',
  's57_lndrgn',
  's57_seaare',
]

/** Boundaries of areas. */
export const AREA_LINES = 'area_lines'
/** Points for the symbols and names of areas. */
export const AREA_POINTS = 'area_points'

/** Areas whose boundaries and symbols go last: they restrict or endanger. */
const RESTRICTING = new Set(['CTNARE', 'MIPARE', 'OBSTRN', 'PRCARE', 'RESARE', 'WRECKS'])

type IsDropped = (feature: TileFeature) => boolean

const classOf = ({ properties }: TileFeature) => String(properties.get('class'))
const isFurther: IsDropped = ({ properties }) => properties.get('rank') === 1
const isLesser: IsDropped = (feature) => !RESTRICTING.has(classOf(feature))
const isAny: IsDropped = () => true

/** What is dropped, step by step: features of layers. */
const STEPS: readonly (readonly [layer: string, isDropped: IsDropped])[][] = [
  [[AREA_POINTS, isFurther]],
  ...EXPENDABLE.map((layer): [string, IsDropped][] => {
    const isOfLayer: IsDropped = (feature) => layerOfClass(classOf(feature)) === layer
    return [
      [layer, isAny],
      [AREA_POINTS, isOfLayer],
      [AREA_LINES, isOfLayer],
    ]
  }),
  [[AREA_POINTS, isLesser]],
  [[AREA_LINES, isLesser]],
  [[AREA_POINTS, isAny]],
  [[AREA_LINES, isAny]],
]

const SOUNDINGS = 's57_soundg'
/** Sides of squares in units; each square keeps its shallowest sounding. */
const SQUARES = [32, 48, 64, 96, 128, 192, 256, 512]

/**
 * Makes a tile fit the budget. Soundings go first: all but the shallowest in each square of ever larger squares. Then whole layers
 * of lesser objects go, with the boundaries and middles of their areas, and then those of other areas, which repeat what the areas
 * show. A tile that is still too large stays so, because the rest is needed for safety.
 *
 * @param encode writes the layers.
 */
export function thinToBudget(layers: TileLayer[], encode: (layers: readonly TileLayer[]) => Uint8Array): Uint8Array {
  let bytes = encode(layers)
  if (bytes.byteLength <= TILE_BUDGET) return bytes
  const soundings = layers.find(({ name }) => name === SOUNDINGS)
  if (soundings !== undefined) {
    const all = soundings.features
    for (const square of SQUARES) {
      soundings.features = shallowestOf(all, square)
      bytes = encode(layers)
      if (bytes.byteLength <= TILE_BUDGET) return bytes
    }
  }
  for (const step of STEPS) {
    if (!drop(layers, step)) continue
    bytes = encode(layers)
    if (bytes.byteLength <= TILE_BUDGET) return bytes
  }
  return bytes
}

/** Drops the features of a step; returns whether there were any. */
function drop(layers: readonly TileLayer[], step: readonly (readonly [layer: string, isDropped: IsDropped])[]): boolean {
  let changed = false
  for (const [name, isDropped] of step) {
    const layer = layers.find((each) => each.name === name)
    if (layer === undefined) continue
    const kept = layer.features.filter((feature) => !isDropped(feature))
    changed ||= kept.length < layer.features.length
    layer.features = kept
  }
  return changed
}

/** The shallowest sounding of each square, in the given order. */
function shallowestOf(features: readonly TileFeature[], square: number): TileFeature[] {
  const best = new Map<string, TileFeature>()
  for (const feature of features) {
    if (feature.geometry.type !== 'point') continue
    const [point] = feature.geometry.points
    if (point === undefined) continue
    const key = `${Math.floor(point.x / square)} ${Math.floor(point.y / square)}`
    const other = best.get(key)
    if (other === undefined || depthOf(feature) < depthOf(other)) best.set(key, feature)
  }
  const kept = new Set(best.values())
  return features.filter((feature) => kept.has(feature))
}

function depthOf(feature: TileFeature): number {
  const depth = feature.properties.get('DEPTH')
  return typeof depth === 'number' ? depth : Infinity
}
