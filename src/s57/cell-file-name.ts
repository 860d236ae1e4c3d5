import type { Standard } from './cell.ts'

/** A cell file by its name. */
export interface CellFileName {
  /** The stem in upper case: the cell's name. */
  cell: string
  /** 0 for the base file, otherwise the number of the update. */
  number: number
}

const NAME = /^([A-Z0-9_-]{1,60})\.(\d{3})$/i
const STANDARD_NAMES: Readonly<Record<Standard, RegExp>> = { s57: /^[A-Z0-9]{8}$/, s101: /^101[A-Z0-9]{4}[A-Z0-9_]{1,10}$/ }

/**
 * Reads the name of a base file or update: 1 to 60 letters, digits, `_` or `-`, and three digits. Null for other names, and for the
 * catalogue of an exchange set.
 */
export function parseCellFileName(name: string): CellFileName | null {
  const [, stem = '', digits = ''] = NAME.exec(name) ?? []
  const cell = stem.toUpperCase()
  return cell === '' || cell === 'CATALOG' ? null : { cell, number: Number(digits) }
}

/**
 * Whether a cell's name has the form of its standard: eight letters and digits (S-57 appendix B.1, clause 5.6.3), or `101`, four of the
 * producer and one to ten more (S-101, clause 11.2.2). Survey files have other names.
 */
export function isStandardCellName(cell: string, standard: Standard = 's57'): boolean {
  return STANDARD_NAMES[standard].test(cell)
}
