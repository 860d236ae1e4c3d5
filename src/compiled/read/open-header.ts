import { type CompiledHeader, NOWHERE } from '../format/compiled-cell.ts'
import { CompiledCellError } from '../format/compiled-cell-error.ts'
import { HEADER_FIELDS } from '../format/compiled-format.ts'

/**
 * Reads the section `header`.
 *
 * @param fields the numbers of `HEADER_FIELDS`. @param text decodes a text by its index.
 * @throws CompiledCellError `structure`
 */
export function openHeader(fields: Float64Array, text: (index: number) => string): CompiledHeader {
  if (fields.length !== HEADER_FIELDS.length || !fields.every(Number.isFinite)) {
    throw new CompiledCellError('structure', 'its header has other fields')
  }
  const field = (name: FieldName): number => fieldOf(fields, name)
  const textOrNull = (index: number): string | null => (index === NOWHERE ? null : text(index))
  return {
    name: text(field('name')),
    edition: field('edition'),
    update: field('update'),
    issueDate: textOrNull(field('issueDate')),
    updateDate: textOrNull(field('updateDate')),
    producer: field('producer'),
    usageBand: field('usageBand'),
    compilationScale: field('compilationScale'),
    nativeZoom: field('nativeZoom'),
    minX: field('minX'),
    minY: field('minY'),
    maxX: field('maxX'),
    maxY: field('maxY'),
  }
}

/** Returns the parts that are the coverage, the second number excluded. */
export function coverageParts(fields: Float64Array): readonly [start: number, end: number] {
  return [fieldOf(fields, 'coverageStart'), fieldOf(fields, 'coverageEnd')]
}

type FieldName = (typeof HEADER_FIELDS)[number]

function fieldOf(fields: Float64Array, name: FieldName): number {
  return fields[HEADER_FIELDS.indexOf(name)]!
}
