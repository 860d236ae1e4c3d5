import { Buffer } from 'node:buffer'

const LEADER_LENGTH = 24
/** The product identifier stands in DSID, in the first data record. */
const SEARCHED_BYTES = 65_536

/**
 * Whether a file is an S-101 chart: ISO 8211 without the records of S-57, but with the tables of S-101 (FTCS, CSID) or its product
 * identifier. File names do not tell the two apart.
 */
export function isS101(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SEARCHED_BYTES))
  const leader = start.toString('latin1', 0, LEADER_LENGTH)
  if (leader[6] !== 'L') return false
  const directory = start.toString('latin1', LEADER_LENGTH, Number(leader.slice(12, 17)) || LEADER_LENGTH)
  const entrySize = 4 + Number(leader[20]) + Number(leader[21])
  if (!(entrySize > 4)) return false
  const tags = new Set<string>()
  for (let at = 0; at + 4 <= directory.length; at += entrySize) tags.add(directory.slice(at, at + 4))
  if (tags.has('VRID') || tags.has('CATD')) return false
  return tags.has('FTCS') || tags.has('CSID') || start.includes('INT.IHO.S-101', 0, 'latin1')
}
