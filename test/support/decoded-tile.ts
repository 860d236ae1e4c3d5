import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import type { GridRing } from '#geo/overlay/grid.ts'

/** A polygon feature from an independent reader, with rings that do not repeat the first position. */
export interface DecodedArea {
  layer: string
  /** Class, identity and depth range: equal for all parts of an object. */
  key: string
  rings: GridRing[]
}

export interface DecodedTile {
  areas: DecodedArea[]
  /** Layer, id and position of point objects. */
  points: { layer: string; id: number | undefined; x: number; y: number; properties: Record<string, unknown> }[]
  lines: { layer: string; paths: GridRing[] }[]
  bytes: number
}

/** Layers of the skin of the earth: exactly one of them must cover any charted ground. */
export const SKIN = new Set(['s57_depare', 's57_lndare', 's57_unsare', 's57_drgare', 's57_flodoc', 's57_hulkes', 's57_ponton'])

export function decodeTile(bytes: Uint8Array): DecodedTile {
  const tile: DecodedTile = { areas: [], points: [], lines: [], bytes: bytes.byteLength }
  for (const [layer, { length, feature }] of Object.entries(new VectorTile(new PbfReader(bytes)).layers).map(
    ([name, each]) => [name, { length: each.length, feature: (i: number) => each.feature(i) }] as const,
  )) {
    for (let i = 0; i < length; i++) {
      const found = feature(i)
      const paths = found.loadGeometry().map((path) => path.map(({ x, y }) => ({ x, y })))
      const { DRVAL1, DRVAL2 } = found.properties
      if (found.type === 3) {
        const rings = paths.map((path) => path.slice(0, -1))
        tile.areas.push({ layer, key: `${layer} ${found.id} ${DRVAL1} ${DRVAL2}`, rings })
      } else if (found.type === 2) tile.lines.push({ layer, paths })
      else
        for (const { x, y } of paths.flat()) tile.points.push({ layer, id: found.id, x, y, properties: { ...found.properties } })
    }
  }
  return tile
}
