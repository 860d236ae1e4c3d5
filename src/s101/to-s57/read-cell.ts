import type { Cell, CellFile, Feature } from '#s57/cell.ts'
import { MalformedNumbers } from '#s57/malformed-numbers.ts'
import type { Dataset } from '../dataset.ts'
import { readDataset } from '../read-dataset.ts'
import { collectAssociations } from './associations.ts'
import { cellScaleOf } from './cell-scale.ts'
import { type ConversionContext, convertFeature, countOf } from './convert-feature.ts'
import { InheritedAttributes } from './inherited-attributes.ts'
import { createTextAllowance } from './text-allowance.ts'

/**
 * Reads an S-101 dataset with its updates as a cell in the terms of S-57, so that everything made for S-57 charts works with it. Throws
 * S101Error as `readDataset` does.
 */
export function readCell(
  base: CellFile,
  updates: readonly CellFile[] = [],
  options: { warningLimit?: number; name?: string } = {},
): Cell {
  return toCell(readDataset(base, updates, options), base.name, options.name)
}

/** The agency of cells without features: none. */
const NO_AGENCY = 65_535

function toCell(dataset: Dataset, file: string, name = dataset.name): Cell {
  const associations = collectAssociations(dataset)
  let count: number | null = null
  let isFirst = true

  function* features(): Iterable<Feature> {
    const malformed = new MalformedNumbers()
    const inherited = new InheritedAttributes(dataset, associations)
    const foldText = createTextAllowance(dataset, file)
    const context: ConversionContext = { dataset, associations, inherited, foldText, malformed, file, isFirst }
    const made: Feature[] = []
    let total = 0
    try {
      for (const feature of dataset.features()) {
        convertFeature(feature, context, made)
        for (let i = 0; i < made.length; i++) yield made[i]!
        total += made.length
        // Setting the length would give the memory of the list back, only to take it again.
        while (made.length > 0) made.pop()
      }
      count = total
      isFirst = false
    } finally {
      malformed.report({ add: dataset.warn, list: () => [] })
    }
  }

  const { edition, updateNumber, updateApplicationDate, issueDate, cancelled } = dataset
  return {
    ...{ standard: 's101', name, edition, updateNumber, updateApplicationDate, issueDate, cancelled },
    ...cellScaleOf(dataset),
    producer: firstAgency(dataset),
    comment: dataset.title === '' ? null : dataset.title,
    get warnings() {
      return dataset.warnings
    },
    get featureCount() {
      if (count === null) {
        count = 0
        for (const object of dataset.objects()) count += countOf(object, associations)
      }
      return count
    },
    features: () => ({ [Symbol.iterator]: () => features()[Symbol.iterator]() }),
  }
}

function firstAgency(dataset: Dataset): number {
  for (const { agency } of dataset.objects()) return agency
  return NO_AGENCY
}
