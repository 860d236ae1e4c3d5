import Flatbush from 'flatbush'
import type { SectionName } from '../format/compiled-format.ts'
import type { FeatureRow } from './feature-rows.ts'
import type { PointColumns } from './point-columns.ts'

const NODE_SIZE = 16

/** Builds the packed indexes: one over the boxes of features, one over each sounding, of which a feature may have thousands. */
export function indexSections(
  rows: readonly FeatureRow[],
  boxes: Int32Array,
  { xy, soundings, soundingFeatures }: PointColumns,
): [SectionName, ArrayBufferView][] {
  const indexed = [...rows.keys()].filter((i) => rows[i]!.acronym !== 'SOUNDG' && boxes[i * 4]! <= boxes[i * 4 + 2]!)
  const features = pack(indexed.length, (i) => boxes.subarray(indexed[i]! * 4, indexed[i]! * 4 + 4))
  const points = pack(soundings.length, (i) => {
    const at = soundings[i]! * 2
    return [xy[at]!, xy[at + 1]!, xy[at]!, xy[at + 1]!]
  })
  return [
    ['featureIndex', features],
    ['indexedFeatures', Uint32Array.from(indexed)],
    ['soundingIndex', points],
    ['indexedPoints', soundings],
    ['indexedPointFeature', soundingFeatures],
  ]
}

function pack(count: number, boxOf: (i: number) => ArrayLike<number>): Uint8Array {
  if (count === 0) return new Uint8Array(0)
  const index = new Flatbush(count, NODE_SIZE, Int32Array)
  for (let i = 0; i < count; i++) {
    const box = boxOf(i)
    index.add(box[0]!, box[1]!, box[2]!, box[3]!)
  }
  index.finish()
  return new Uint8Array(index.data)
}
