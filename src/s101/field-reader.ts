import { type RecordCursor, tagName } from '#iso8211/record-cursor.ts'
import type { ListEdit, Rows } from '#s57/records.ts'
import type { WarningList } from '#s57/warning-list.ts'
import { type AttributeField, createAttributeField } from './attribute-field.ts'
import { CodeTable } from './code-table.ts'
import { checkLayouts } from './field-layout.ts'
import type { FeatureLink, InformationLink } from './records.ts'

const associationHead = 10
const mostUnknownTags = 1000

/** Reads the fields of the cursor's current record, with the names of this file. S101Error names record and field. */
export class FieldReader {
  readonly cursor: RecordCursor
  readonly attributes = new CodeTable('ATCS')
  readonly informationTypes = new CodeTable('ITCS')
  readonly featureTypes = new CodeTable('FTCS')
  readonly informationAssociations = new CodeTable('IACS')
  readonly featureAssociations = new CodeTable('FACS')
  readonly roles = new CodeTable('ARCS')
  readonly #warnings: WarningList
  readonly #unknown = new Set<number>()

  constructor(cursor: RecordCursor, warnings: WarningList) {
    checkLayouts(cursor)
    this.cursor = cursor
    this.#warnings = warnings
  }

  /** Where field `i` starts; it has at least `width` bytes. */
  fixed(i: number, width: number): number {
    const { cursor } = this
    const start = cursor.starts[i]!
    const length = cursor.ends[i]! - start
    if (length < width) cursor.fail(tagName(cursor.tags[i]!), `the field has ${length} bytes instead of ${width}`)
    return start
  }

  /** A field of rows of `width` bytes behind `head` bytes that occur once, without copying it. */
  rows(i: number, width: number, head = 0): Rows {
    const { cursor } = this
    const start = this.fixed(i, head) + head
    const count = (cursor.ends[i]! - start) / width
    if (!Number.isInteger(count)) {
      const message = `the field has ${cursor.ends[i]! - start} bytes of entries, which is not a multiple of the ${width} of an entry`
      cursor.fail(tagName(cursor.tags[i]!), message)
    }
    return { view: cursor.view, start, count }
  }

  /** A control field: COCC or CCOC. */
  listEdit(i: number): ListEdit {
    const { view } = this.cursor
    const start = this.fixed(i, 5)
    return { instruction: view.getUint8(start), index: view.getUint16(start + 1, true), count: view.getUint16(start + 3, true) }
  }

  attributeField(i: number): AttributeField {
    const { cursor } = this
    const field = createAttributeField(cursor.bytes, cursor.starts[i]!, cursor.ends[i]!, this.attributes)
    return field ?? cursor.fail('ATTR', 'the field ends inside an attribute')
  }

  informationLink(i: number): InformationLink {
    return this.#association(i, this.informationAssociations)
  }

  featureLink(i: number): FeatureLink {
    return this.#association(i, this.featureAssociations)
  }

  /** INAS or FASC: target, codes and instruction. Their attributes have no S-57 counterpart. */
  #association(i: number, names: CodeTable): FeatureLink {
    const { view } = this.cursor
    const start = this.fixed(i, associationHead)
    return {
      id: view.getUint32(start + 1, true),
      association: names.nameOf(view.getUint16(start + 5, true)),
      role: this.roles.nameOf(view.getUint16(start + 7, true)),
      instruction: view.getUint8(start + 9),
    }
  }

  /** Reads one of the tables of names. */
  codes(i: number, table: CodeTable): void {
    const { cursor } = this
    if (table.read(cursor.bytes, cursor.starts[i]!, cursor.ends[i]!)) return
    cursor.fail(tagName(cursor.tags[i]!), 'the field ends inside an entry')
  }

  /** Warns about a field that cannot be used, once per tag and file. */
  skip(tag: number): void {
    if (this.#unknown.has(tag)) return
    if (this.#unknown.size < mostUnknownTags) this.#unknown.add(tag)
    const { file, record } = this.cursor
    this.#warnings.add(`${file}, record ${record}: skipped the field ${tagName(tag)}; S-101 does not have it in this record`)
  }
}
