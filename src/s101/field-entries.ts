import { type AttributeField, ENTRY_HEAD, endOfValue } from './attribute-field.ts'

/** Where the entries of an ATTR field are, so that its bytes are searched for the ends of values only once. */
export interface FieldEntries {
  count: number
  /** NATC, the number of the attribute in the file. */
  codes: Uint16Array
  /** PAIX, the place of the parent in the field, from 1; 0 for none. */
  parents: Uint16Array
  /** Where each value begins and ends. */
  starts: Uint32Array
  ends: Uint32Array
}

/** Nearly all fields have fewer entries; one that has more gets lists of its own. */
const mostShared = 256
const shared = createEntries(mostShared)

/** Finds the entries of a field; valid until the next call. */
export function entriesOf({ bytes, start, end, count }: AttributeField): FieldEntries {
  const entries = count <= mostShared ? shared : createEntries(count)
  const { codes, parents, starts, ends } = entries
  entries.count = count
  let at = start
  for (let i = 0; i < count; i++) {
    codes[i] = bytes[at]! | (bytes[at + 1]! << 8)
    parents[i] = bytes[at + 4]! | (bytes[at + 5]! << 8)
    const from = at + ENTRY_HEAD
    const to = endOfValue(bytes, from, end)
    starts[i] = from
    ends[i] = to
    at = to + 1
  }
  return entries
}

function createEntries(size: number): FieldEntries {
  return {
    count: 0,
    codes: new Uint16Array(size),
    parents: new Uint16Array(size),
    starts: new Uint32Array(size),
    ends: new Uint32Array(size),
  }
}
