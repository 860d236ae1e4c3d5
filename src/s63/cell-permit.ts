import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { type BlockCipher, createBlockCipher, padded, unpadded } from './blowfish.ts'
import { failed, type Outcome } from './failure.ts'
import { identityBytes } from './user-permit.ts'

/** A cell permit that was checked: which cell it opens, until when, and with which keys. */
export interface CellPermit {
  /** Eight characters, `GB301910`. */
  cell: string
  /** The last day of the licence, `YYYY-MM-DD`. */
  expires: string
  /** The two cell keys of five bytes: the one in use and the next. Secret. */
  keys: readonly [Buffer, Buffer]
}

/** How long a permit's characters are. */
const PERMIT_LENGTH = 64

/**
 * The cipher of one installation's permits: HW_ID with its first byte repeated at the end, six bytes in all (S-63 edition 1.2,
 * clause 4.3). Throws IdentityError for an HW_ID that cannot be right.
 */
export function createPermitCipher(hardwareId: string): BlockCipher {
  const bytes = identityBytes('HW_ID', hardwareId)
  return createBlockCipher(Buffer.concat([bytes, bytes.subarray(0, 1)]))
}

/**
 * Reads the 64 characters of a cell permit: cell name (8), last day (8), two encrypted cell keys and an encrypted checksum (16
 * hexadecimal digits each). A permit of another installation cannot be told from a damaged one when its checksum does not
 * decrypt; both are said.
 */
export function parseCellPermit(text: string, cipher: BlockCipher): Outcome<{ permit: CellPermit }> {
  const parts = /^([0-9A-Z]{8})(\d{8})([0-9A-F]{16})([0-9A-F]{16})([0-9A-F]{16})$/i.exec(text)
  if (parts === null) return failed('permit-format', 'SSE 12', `the cell permit is damaged: ${describe(text)}`)
  const [, cell = '', day = '', first = '', second = '', check = ''] = parts
  const expires = isoDate(day)
  if (expires === null) {
    return failed('permit-format', 'SSE 12', `the permit of ${cell} has the last day ${day}; a date YYYYMMDD is accepted`)
  }
  const decrypt = (hex: string) => unpadded(cipher.decrypt(Buffer.from(hex, 'hex')))
  const checksum = decrypt(check)
  if (checksum?.length !== 4) {
    const message = `the permit of ${cell} was made for another installation (HW_ID), or its checksum is damaged`
    return failed('permit-checksum', 'SSE 13', message)
  }
  if (checksum.readUInt32BE() !== crc32(Buffer.from(text.slice(0, 48), 'latin1'))) {
    return failed('permit-checksum', 'SSE 13', `the permit of ${cell} is damaged: its checksum does not fit`)
  }
  const keys = [decrypt(first), decrypt(second)] as const
  if (keys[0]?.length !== 5 || keys[1]?.length !== 5) {
    return failed('permit-checksum', 'SSE 13', `the permit of ${cell} holds no cell keys of five bytes`)
  }
  return { ok: true, permit: { cell: cell.toUpperCase(), expires, keys: [keys[0], keys[1]] } }
}

/** The 64 characters of a permit; the opposite of `parseCellPermit`. Throws RangeError for a permit that cannot be written. */
export function formatCellPermit({ cell, expires, keys }: CellPermit, cipher: BlockCipher): string {
  const day = expires.replaceAll('-', '')
  if (!/^[0-9A-Z]{8}$/.test(cell) || isoDate(day) === null || keys.some((key) => key.length !== 5)) {
    throw new RangeError('a permit has a cell name of eight characters, a date and two keys of five bytes')
  }
  const encrypt = (bytes: Buffer) => cipher.encrypt(padded(bytes)).toString('hex').toUpperCase()
  const text = cell + day + encrypt(keys[0]) + encrypt(keys[1])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(Buffer.from(text, 'latin1')))
  return text + encrypt(checksum)
}

/** Days of warning before a licence ends (S-63: SSE 20). */
const WARNING_DAYS = 30

/** Whether the licence has ended on `today` (`YYYY-MM-DD`), or will within 30 days. The last day itself is still valid. */
export function permitState(permit: { expires: string }, today: string): 'valid' | 'expiring' | 'expired' {
  const days = (Date.parse(`${permit.expires}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000
  return days < 0 ? 'expired' : days < WARNING_DAYS ? 'expiring' : 'valid'
}

function describe(text: string): string {
  if (text.length !== PERMIT_LENGTH) return `it has ${text.length} characters instead of ${PERMIT_LENGTH}`
  if (!/^[0-9A-Z]{8}/i.test(text)) return 'it does not begin with a cell name of eight letters and digits'
  if (!/^.{8}\d{8}/.test(text)) return 'there is no date of eight digits after the cell name'
  return `character ${17 + text.slice(16).search(/[^0-9A-F]/i)} is no hexadecimal digit`
}

/** `20121231` as `2012-12-31`; null for days that do not exist. */
function isoDate(day: string): string | null {
  const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso
}
