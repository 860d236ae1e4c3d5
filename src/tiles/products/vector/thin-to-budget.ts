import type { TileFeature, TileLayer } from '#tiles/mvt/tile-layer.ts'

/** Most bytes of a tile before compression: larger ones make clients stutter (the advice for Mapbox tiles). */
export const TILE_BUDGET = 500_000

/**
 * Layers that may be thinned, in the order in which they go. What is not here is never left out: the skin of the earth, coastlines,
 * contours, dangers, aids to navigation, areas that restrict or warn.
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

const SOUNDINGS = 's57_soundg'
/** Sides, in units, of the squares of which each keeps its shallowest sounding. */
const SQUARES = [32, 48, 64, 96, 128, 192, 256, 512]

/**
 * Makes a tile fit the budget: first soundings go, of each square of a grid that grows coarser all but the shallowest; then whole
 * layers of lesser objects. A tile that is still too large then stays so: what is left is needed for safety.
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
  for (const name of EXPENDABLE) {
    const layer = layers.find((each) => each.name === name)
    if (layer === undefined || layer.features.length === 0) continue
    layer.features = []
    bytes = encode(layers)
    if (bytes.byteLength <= TILE_BUDGET) return bytes
  }
  return bytes
}

/** Of each square the shallowest sounding, in their order. */
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
