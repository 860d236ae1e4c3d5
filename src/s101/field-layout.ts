import type { FieldDefinition } from '#iso8211/field-definition.ts'
import { type RecordCursor, tagCode } from '#iso8211/record-cursor.ts'

/**
 * The layouts of fields (S-101 annex B), which are the same in all editions: formats before and in the repeated group, by kind (u
 * unsigned, s signed, r real, t text) and width.
 */
const LAYOUTS: Readonly<Record<string, string>> = {
  DSSI: 'r8 r8 r8 u4 u4 u4 u4 u4 u4 u4 u4 u4 u4',
  IRID: 'u1 u4 u2 u2 u1',
  PRID: 'u1 u4 u2 u1',
  MRID: 'u1 u4 u2 u1',
  CRID: 'u1 u4 u2 u1',
  CCID: 'u1 u4 u2 u1',
  SRID: 'u1 u4 u2 u1',
  FRID: 'u1 u4 u2 u2 u1',
  FOID: 'u2 u4 u2',
  ATTR: '*u2 u2 u2 u1 t0',
  INAS: 'u1 u4 u2 u2 u1 *u2 u2 u2 u1 t0',
  FASC: 'u1 u4 u2 u2 u1 *u2 u2 u2 u1 t0',
  C2IT: 's4 s4',
  C3IT: 'u1 s4 s4 s4',
  C2IL: '*s4 s4',
  C3IL: 'u1 *s4 s4 s4',
  PTAS: '*u1 u4 u1',
  CUCO: '*u1 u4 u1',
  RIAS: '*u1 u4 u1 u1 u1',
  SPAS: '*u1 u4 u1 u4 u4 u1',
  MASK: '*u1 u4 u1 u1',
  SECC: 'u1 u2 u2',
  COCC: 'u1 u2 u2',
  CCOC: 'u1 u2 u2',
  SEGH: 'u1',
}

const letters = { text: 't', number: 'n', unsigned: 'u', signed: 's', real: 'r', bits: 'b' } as const

/** Refuses a file that describes a field with another layout than S-101's: its bytes would be taken for something else. */
export function checkLayouts(cursor: RecordCursor): void {
  for (const [tag, layout] of Object.entries(LAYOUTS)) {
    const definition = cursor.definitions.get(tagCode(tag))
    if (definition === undefined) continue
    const found = layoutOf(definition)
    if (found !== layout) {
      cursor.fail(tag, `the field is described as ${JSON.stringify(found)}; S-101 has ${JSON.stringify(layout)}`, 'record 1')
    }
  }
}

function layoutOf({ formats, head }: FieldDefinition): string {
  return formats.map(({ kind, width }, i) => `${i === head ? '*' : ''}${letters[kind]}${width}`).join(' ')
}
