import type { Buffer } from 'node:buffer'
import { type RecordCursor, tagName } from '#iso8211/record-cursor.ts'
import { areWellFormed } from './attributes.ts'
import type { FeatureReference } from './cell.ts'
import { isKnownTag, type Rewrite, unusualLayouts } from './field-layouts.ts'
import type { ListEdit, RawAttributes, Rows } from './records.ts'
import type { WarningList } from './warning-list.ts'

const unitTerminator = 0x1f
const mostUnknownTags = 1000

/** Reads the fields of the cursor's current record, all of them in the standard layout. S57Error names record and field. */
export class FieldReader {
  readonly cursor: RecordCursor
  // The last located field, in the file or in a rewritten copy when its layout is unusual. Properties instead of a returned object,
  // because a file has a million fields.
  bytes: Buffer
  view: DataView
  start = 0
  end = 0
  readonly #rewrites: ReadonlyMap<number, Rewrite>
  readonly #warnings: WarningList
  readonly #unknown = new Set<number>()

  constructor(cursor: RecordCursor, warnings: WarningList) {
    this.cursor = cursor
    this.bytes = cursor.bytes
    this.view = cursor.view
    this.#rewrites = unusualLayouts(cursor)
    this.#warnings = warnings
  }

  /** Points `view`, `start` and `end` at field `i`. */
  locate(i: number): void {
    const { cursor } = this
    this.start = cursor.starts[i]!
    this.end = cursor.ends[i]!
    if (this.#rewrites.size === 0) return
    const rewrite = this.#rewrites.get(cursor.tags[i]!)
    if (rewrite === undefined) {
      this.bytes = cursor.bytes
      this.view = cursor.view
      return
    }
    const bytes = rewrite(this.start, this.end)
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.start = 0
    this.end = bytes.length
  }

  /** Locates a field that has at least `width` bytes. */
  locateFixed(i: number, tag: string, width: number): void {
    this.locate(i)
    const length = this.end - this.start
    if (length < width) this.cursor.fail(tag, `the field has ${length} bytes instead of ${width}`)
  }

  /** Returns a field of rows of `width` bytes without copying it. */
  rows(i: number, width: number): Rows {
    this.locate(i)
    const { view, start, end } = this
    const count = (end - start) / width
    if (!Number.isInteger(count)) {
      const message = `the field has ${end - start} bytes, which is not a multiple of the ${width} bytes of an entry`
      this.cursor.fail(tagName(this.cursor.tags[i]!), message)
    }
    return { view, start, count }
  }

  /** A control field: SGCC, VRPC, FSPC or FFPC. */
  listEdit(i: number, tag: string): ListEdit {
    this.locateFixed(i, tag, 5)
    const { view, start } = this
    return { instruction: view.getUint8(start), index: view.getUint16(start + 1, true), count: view.getUint16(start + 3, true) }
  }

  /** An attribute field, checked but not decoded; `wide` is lexical level 2 (UCS-2). */
  attributes(i: number, wide: boolean): RawAttributes {
    const tag = this.cursor.tags[i]!
    if (wide && this.#rewrites.has(tag)) {
      this.cursor.fail(tagName(tag), 'UCS-2 text in a field with an unusual description cannot be read')
    }
    this.locate(i)
    const { bytes, start, end } = this
    const list: RawAttributes = { bytes, start, end, wide }
    if (!areWellFormed(list)) this.cursor.fail(tagName(tag), 'the field ends inside the code of an attribute')
    return list
  }

  /** The pointers of an FFPT field, appended to those of the record's earlier FFPT fields. */
  references(i: number, earlier: FeatureReference[] | null): FeatureReference[] {
    this.locate(i)
    const { view, start, end } = this
    const list = earlier ?? []
    let at = start
    while (at < end) {
      if (end - at < 9) this.cursor.fail('FFPT', 'the field ends inside a pointer')
      let stop = at + 9
      while (stop < end && view.getUint8(stop) !== unitTerminator) stop++
      let comment = ''
      for (let c = at + 9; c < stop; c++) comment += String.fromCharCode(view.getUint8(c))
      list.push({
        agency: view.getUint16(at, true),
        featureId: view.getUint32(at + 2, true),
        featureSubdivision: view.getUint16(at + 6, true),
        relation: view.getUint8(at + 8),
        comment,
      })
      at = stop + 1
    }
    return list
  }

  /** Warns about a field that cannot be used, once per tag and file. */
  skip(tag: number): void {
    if (this.#unknown.has(tag)) return
    if (this.#unknown.size < mostUnknownTags) this.#unknown.add(tag)
    const { file, record } = this.cursor
    const why = isKnownTag(tag) ? 'it does not belong in this record' : 'S-57 does not define it'
    this.#warnings.add(`${file}, record ${record}: skipped the field ${tagName(tag)}; ${why}`)
  }
}
