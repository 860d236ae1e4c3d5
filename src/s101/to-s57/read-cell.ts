import type { Cell, CellFile, Feature } from '#s57/cell.ts'
import { CellBase } from '#s57/cell-base.ts'
import { MalformedNumbers } from '#s57/malformed-numbers.ts'
import type { Dataset } from '../dataset.ts'
import { readDataset } from '../read-dataset.ts'
import { type Associations, collectAssociations } from './associations.ts'
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
  const dataset = readDataset(base, updates, options)
  return new ConvertedCell(dataset, base.name, options.name ?? dataset.header.name)
}

/** The agency of cells without features: none. */
const NO_AGENCY = 65_535

class ConvertedCell extends CellBase {
  readonly #dataset: Dataset
  readonly #associations: Associations
  /** Name of the base, for messages. */
  readonly #file: string
  #count: number | null = null
  #isFirst = true

  constructor(dataset: Dataset, file: string, name: string) {
    const { header } = dataset
    const { edition, updateNumber, updateApplicationDate, issueDate, cancelled } = header
    super({
      ...{ standard: 's101', name, edition, updateNumber, updateApplicationDate, issueDate, cancelled },
      ...cellScaleOf(dataset),
      producer: firstAgency(dataset),
      comment: header.title === '' ? null : header.title,
    })
    this.#dataset = dataset
    this.#associations = collectAssociations(dataset)
    this.#file = file
  }

  get warnings(): string[] {
    return this.#dataset.warnings
  }

  get featureCount(): number {
    if (this.#count === null) {
      let count = 0
      for (const object of this.#dataset.objects()) count += countOf(object, this.#associations)
      this.#count = count
    }
    return this.#count
  }

  *features(): Iterable<Feature> {
    const dataset = this.#dataset
    const associations = this.#associations
    const file = this.#file
    const malformed = new MalformedNumbers()
    const inherited = new InheritedAttributes(dataset, associations)
    const foldText = createTextAllowance(dataset, file)
    const context: ConversionContext = { dataset, associations, inherited, foldText, malformed, file, isFirst: this.#isFirst }
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
      this.#count = total
      this.#isFirst = false
    } finally {
      malformed.report({ add: (message) => dataset.warn(message), list: () => [] })
    }
  }
}

function firstAgency(dataset: Dataset): number {
  for (const { agency } of dataset.objects()) return agency
  return NO_AGENCY
}
