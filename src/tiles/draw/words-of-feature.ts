import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { attributeTexts } from '#compiled/read/attribute-values.ts'
import { describeObject } from '#s57/words/describe-object.ts'

/** Describes a feature of a cell in a sentence. @param depths of its soundings that are meant, in metres. */
export function wordsOfFeature(cell: CompiledCell, feature: number, depths: readonly number[]): string {
  return describeObject({
    acronym: objectClassName(cell.objectClass[feature]!),
    attributes: attributeTexts(cell, feature),
    depths,
  })
}
