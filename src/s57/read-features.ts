import type { AttributeDecoder } from './attributes.ts'
import type { Feature, FeatureReference } from './cell.ts'
import type { CellStore } from './cell-store.ts'
import { ATTRIBUTES, type AttributeType } from './data/attributes.ts'
import { OBJECT_CLASSES } from './data/object-classes.ts'
import type { GeometryAssembler } from './feature-geometry.ts'
import { MalformedNumbers } from './malformed-numbers.ts'
import { isInaccuratePoint } from './point-accuracy.ts'
import type { AttributeList, FeatureRecord } from './records.ts'
import { S57Error } from './s57-error.ts'
import type { WarningList } from './warning-list.ts'
import { createWorkBudget } from './work-budget.ts'

/** What reading the features of a cell needs. */
export interface FeatureSource {
  /** Name of the base, for messages. */
  file: string
  store: CellStore
  decoder: AttributeDecoder
  warnings: WarningList
  assembler: GeometryAssembler
  /** How much work assembling all of them may take. */
  steps: number
}

/** Reads the features of a cell, one at a time. Throws S57Error when they take more work than the budget allows. */
export function* readFeatures({ file, store, decoder, warnings, assembler, steps }: FeatureSource): Generator<Feature, void> {
  let record: FeatureRecord | undefined
  let acronym = ''
  let isFirst = true
  // Reused for all features, because allocation per feature would take most of the time.
  const budget = createWorkBudget(steps, () => {
    const place = { file, record: `feature ${record?.id}`, field: 'FSPT' }
    return new S57Error(place, 'its features name the same edges so often that assembling them was given up')
  })
  const warn = (message: string) => {
    if (isFirst) warnings.add(`${file}, feature ${record?.id} (${acronym}): ${message}`)
  }
  const malformed = new MalformedNumbers()
  const noteMalformed = (attribute: AttributeType, value: string) => {
    if (isFirst) malformed.note(attribute, value, `${file}, feature ${record?.id} (${acronym})`)
  }
  try {
    for (record of store.features.values()) {
      acronym = OBJECT_CLASSES.get(record.objectClass)?.acronym ?? `OBJL_${record.objectClass}`
      isFirst = !record.assembled
      record.assembled = true
      yield {
        recordId: record.id,
        agency: record.agency,
        featureId: record.featureId,
        featureSubdivision: record.featureSubdivision,
        objectClass: record.objectClass,
        acronym,
        primitive: primitiveOf(record),
        attributes: decodeAttributes(record.attributes, decoder, noteMalformed),
        nationalAttributes: decodeAttributes(record.nationalAttributes, decoder, null),
        geometry: assembler.assemble(record, budget, warn),
        isInaccuratePoint: isInaccuratePoint(store, record, decoder),
        references: record.references ?? none,
      }
    }
  } finally {
    malformed.report(warnings)
  }
}

const none: readonly FeatureReference[] = []
const noAttributes: ReadonlyMap<string, string> = new Map()

/** Attributes by acronym. Values of numeric attributes that are not numbers go to `noteMalformed`, if given, and become unknown. */
function decodeAttributes(
  list: AttributeList | null,
  decoder: AttributeDecoder,
  noteMalformed: ((attribute: AttributeType, value: string) => void) | null,
): ReadonlyMap<string, string> {
  if (list === null) return noAttributes
  const values = new Map<string, string>()
  decoder.decode(list, (code, value) => {
    const attribute = ATTRIBUTES.get(code)
    if (attribute === undefined) values.set(`ATTL_${code}`, value)
    else if (noteMalformed !== null && MalformedNumbers.isMalformed(attribute, value)) {
      noteMalformed(attribute, value)
      values.set(attribute.acronym, '')
    } else values.set(attribute.acronym, value)
  })
  return values
}

function primitiveOf(record: FeatureRecord): Feature['primitive'] {
  switch (record.primitive) {
    case 1:
      return 'point'
    case 2:
      return 'line'
    case 3:
      return 'area'
    default:
      return 'none'
  }
}
