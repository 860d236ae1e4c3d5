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
  const features = pack(indexed.length, (index) => {
    for (const row of indexed) index.add(boxes[row * 4]!, boxes[row * 4 + 1]!, boxes[row * 4 + 2]!, boxes[row * 4 + 3]!)
  })
  const points = pack(soundings.length, (index) => {
    for (const point of soundings) index.add(xy[point * 2]!, xy[point * 2 + 1]!, xy[point * 2]!, xy[point * 2 + 1]!)
  })
  return [
    ['featureIndex', features],
    ['indexedFeatures', Uint32Array.from(indexed)],
    ['soundingIndex', points],
    ['indexedPoints', soundings],
    ['indexedPointFeature', soundingFeatures],
  ]
}

function pack(count: number, addBoxes: (index: Flatbush) => void): Uint8Array {
  if (count === 0) return new Uint8Array(0)
  const index = new Flatbush(count, NODE_SIZE, Int32Array)
  addBoxes(index)
  index.finish()
  return new Uint8Array(index.data)
}
