import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { type BlockCipher, createBlockCipher, padded, unpadded } from './blowfish.ts'
import { failed, type Outcome } from './failure.ts'
import { identityBytes } from './user-permit.ts'

/** A valid cell permit: the cell it opens, the end of the licence, and the keys. */
export interface CellPermit {
  /** Eight characters, `GB301910`. */
  cell: string
  /** The last day of the licence, `YYYY-MM-DD`. */
  expires: string
  /** The two cell keys of five bytes: the one in use and the next. Secret. */
  keys: readonly [Buffer, Buffer]
}

/** Characters of a permit. */
const PERMIT_LENGTH = 64

/**
 * Creates the cipher of one installation's permits, whose key is HW_ID followed by its first byte: six bytes (S-63 edition 1.2,
 * clause 4.3). Throws IdentityError for an invalid HW_ID.
 */
export function createPermitCipher(hardwareId: string): BlockCipher {
  const bytes = identityBytes('HW_ID', hardwareId)
  return createBlockCipher(Buffer.concat([bytes, bytes.subarray(0, 1)]))
}

/**
 * Parses the 64 characters of a cell permit: cell name (8), last day (8), two encrypted cell keys and an encrypted checksum (16
 * hexadecimal digits each). When the checksum does not decrypt, the message names both possible causes: another installation or
 * damage.
 */
export function parseCellPermit(text: string, cipher: BlockCipher): Outcome<{ permit: CellPermit }> {
  const parts = /^([0-9A-Z]{8})(\d{8})([0-9A-F]{16})([0-9A-F]{16})([0-9A-F]{16})$/i.exec(text)
  if (parts === null) return failed('permit-format', 'SSE 12', `the cell permit is damaged: ${describe(text)}`)
  const [, cell = '', day = '', first = '', second = '', check = ''] = parts
  const expires = isoDate(day)
  if (expires === null) {
    return failed('permit-format', 'SSE 12', `the permit of ${cell} has an invalid last day, ${day}; expected a date as YYYYMMDD`)
  }
  const decrypt = (hex: string) => unpadded(cipher.decrypt(Buffer.from(hex, 'hex')))
  const checksum = decrypt(check)
  if (checksum?.length !== 4) {
    const message = `the permit of ${cell} was issued for another installation (HW_ID), or its checksum is damaged`
    return failed('permit-checksum', 'SSE 13', message)
  }
  if (checksum.readUInt32BE() !== crc32(Buffer.from(text.slice(0, 48), 'latin1'))) {
    return failed('permit-checksum', 'SSE 13', `the permit of ${cell} is damaged: its checksum is wrong`)
  }
  const keys = [decrypt(first), decrypt(second)] as const
  if (keys[0]?.length !== 5 || keys[1]?.length !== 5) {
    return failed('permit-checksum', 'SSE 13', `the permit of ${cell} does not contain cell keys of five bytes`)
  }
  return { ok: true, permit: { cell: cell.toUpperCase(), expires, keys: [keys[0], keys[1]] } }
}

/** Formats a permit as 64 characters, the inverse of `parseCellPermit`. Throws RangeError for an invalid permit. */
export function formatCellPermit({ cell, expires, keys }: CellPermit, cipher: BlockCipher): string {
  const day = expires.replaceAll('-', '')
  if (!/^[0-9A-Z]{8}$/.test(cell) || isoDate(day) === null || keys.some((key) => key.length !== 5)) {
    throw new RangeError('a permit needs a cell name of eight characters, a date and two keys of five bytes')
  }
  const encrypt = (bytes: Buffer) => cipher.encrypt(padded(bytes)).toString('hex').toUpperCase()
  const text = cell + day + encrypt(keys[0]) + encrypt(keys[1])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(Buffer.from(text, 'latin1')))
  return text + encrypt(checksum)
}

/** Days of warning before a licence ends (S-63: SSE 20). */
const WARNING_DAYS = 30

/** Returns the state of a licence on `today` (`YYYY-MM-DD`): `expiring` in its last 30 days, `expired` after its last day. */
export function permitState(permit: { expires: string }, today: string): 'valid' | 'expiring' | 'expired' {
  const days = (Date.parse(`${permit.expires}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000
  return days < 0 ? 'expired' : days < WARNING_DAYS ? 'expiring' : 'valid'
}

function describe(text: string): string {
  if (text.length !== PERMIT_LENGTH) return `it has ${text.length} characters instead of ${PERMIT_LENGTH}`
  if (!/^[0-9A-Z]{8}/i.test(text)) return 'it does not start with a cell name of eight letters and digits'
  if (!/^.{8}\d{8}/.test(text)) return 'the cell name is not followed by a date of eight digits'
  return `character ${17 + text.slice(16).search(/[^0-9A-F]/i)} is not a hexadecimal digit`
}

/** Converts `20121231` to `2012-12-31`; null for a date that does not exist. */
function isoDate(day: string): string | null {
  const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso
}
