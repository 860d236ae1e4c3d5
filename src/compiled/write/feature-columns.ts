import { FLAG, LIGHT, PRIMITIVE } from '../format/compiled-cell.ts'
import type { SectionName } from '../format/compiled-format.ts'
import type { ArcColumns } from './arc-columns.ts'
import { numberOf } from './attribute-numbers.ts'
import { emptyBox, extendBox, type IntegerBox } from './cell-box.ts'
import type { FeatureRow } from './feature-rows.ts'
import type { LightRow } from './light-rows.ts'
import { GROUP_1, minZoomOf } from './minimum-zoom.ts'
import type { PartColumns } from './part-columns.ts'
import type { PointColumns } from './point-columns.ts'

/** Builds the columns with one entry per feature, except depths. */
export function featureColumns(
  rows: readonly FeatureRow[],
  of: { arcs: ArcColumns; parts: PartColumns; points: PointColumns; lights: readonly LightRow[] },
  compilationScale: number,
  latitude: number,
): { boxes: Int32Array; sections: [SectionName, ArrayBufferView][] } {
  const boxes = new Int32Array(rows.length * 4)
  const flags = new Uint8Array(rows.length)
  const minZooms = new Float32Array(rows.length)
  rows.forEach((row, index) => {
    const scamin = numberOf(row.attributes, 'SCAMIN')
    const usable = scamin !== null && scamin > 0 ? scamin : null
    if (row.boundary !== null) flags[index] = FLAG.depthBoundary
    else {
      minZooms[index] = minZoomOf(row.acronym, usable, compilationScale, latitude)
      if (usable !== null) flags[index]! |= FLAG.scamin
      if (row.primitive === 'area' && GROUP_1.has(row.acronym)) flags[index]! |= FLAG.group1
    }
    const box = boxOf(index, of)
    for (let side = 0; side < 4; side++) boxes[index * 4 + side] = box[side]!
  })
  for (const { feature, kind } of of.lights) if (kind !== LIGHT.allRound) flags[feature]! |= FLAG.sectors
  return {
    boxes,
    sections: [
      ['objectClass', Uint16Array.from(rows, ({ objectClass }) => objectClass)],
      ['primitive', Uint8Array.from(rows, ({ primitive }) => PRIMITIVE[primitive])],
      ['featureFlags', flags],
      ['minZoom', minZooms],
      ['agency', Uint16Array.from(rows, ({ agency }) => agency)],
      ['featureId', Uint32Array.from(rows, ({ featureId }) => featureId)],
      ['featureSubdivision', Uint16Array.from(rows, ({ featureSubdivision }) => featureSubdivision)],
      ['featureBox', boxes],
    ],
  }
}

function boxOf(
  index: number,
  { arcs, parts, points }: { arcs: ArcColumns; parts: PartColumns; points: PointColumns },
): IntegerBox {
  const box = emptyBox()
  const from = parts.arcStarts[parts.starts[index]!]!
  const to = parts.arcStarts[parts.starts[index + 1]!]!
  for (let i = from; i < to; i++) {
    const at = (parts.arcs[i]! >>> 1) * 4
    extendBox(box, arcs.boxes[at]!, arcs.boxes[at + 1]!)
    extendBox(box, arcs.boxes[at + 2]!, arcs.boxes[at + 3]!)
  }
  for (let i = points.starts[index]! * 2; i < points.starts[index + 1]! * 2; i += 2) {
    extendBox(box, points.xy[i]!, points.xy[i + 1]!)
  }
  return box
}
