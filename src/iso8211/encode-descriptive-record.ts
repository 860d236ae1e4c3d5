import { Buffer } from 'node:buffer'
import { encodeRecord } from './encode-record.ts'

/** A field in the data descriptive record. */
export interface FieldDescription {
  tag: string
  /** The tag that it belongs to; empty for a field at the root of the tree. */
  parent: string
  /** The field controls, from the structure code to the escape sequence. */
  control: string
  name: string
  labels: string
  formats: string
}

/** Encodes the data descriptive record, the first of a file, with the fields and the tree of their parents. */
export function encodeDescriptiveRecord(descriptions: readonly FieldDescription[]): Buffer {
  const tree = descriptions.filter(({ parent }) => parent !== '').map(({ parent, tag }) => parent + tag)
  const fields = descriptions.map(({ tag, control, name, labels, formats }) => ({
    tag,
    data: Buffer.from(`${control}${name}\x1f${labels}\x1f${formats}`, 'latin1'),
  }))
  const control = { tag: '0000', data: Buffer.from(`0000;&   \x1f${tree.join('')}`, 'latin1') }
  return encodeRecord('descriptive', [control, ...fields])
}
