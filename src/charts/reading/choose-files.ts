import { shortened } from '#lib/shortened.ts'
import type { DataSetIdentification } from '#s57/data-set-header.ts'

/** A stored file of a cell with its content and its data set identification (DSID). */
export interface IdentifiedFile {
  /** Row of `upload_file`. */
  id: number
  upload: number
  name: string
  number: number
  bytes: Uint8Array
  identification: DataSetIdentification
}

/** The files that make a cell. */
export interface ChosenFiles {
  base: IdentifiedFile
  /** In order of number, without a gap. */
  updates: IdentifiedFile[]
  /** Why later updates are left out: one before them is missing or unreadable; null when none are. */
  stoppedBy: string | null
  warnings: string[]
}

/** EXPP of a base file. */
const NEW_DATA_SET = 1
const MOST_GAPS = 10
/** A cell may name itself with any text. */
const LONGEST_NAME = 100

/** A stored update that cannot be read. */
export interface UnreadableUpdate {
  upload: number
  number: number
  message: string
}

/** The files of a cell do not make a chart; the message names the missing or contradictory file. */
export class CellFilesError extends Error {
  override readonly name = 'CellFilesError'
}

/**
 * Chooses which of the stored files make the cell. The newest upload with a base file starts it and overrides all older uploads
 * of the cell. Updates of that upload and of later ones follow without a gap; an update of a newer edition, or one that occurs twice
 * with different contents, ends them.
 *
 * @param current the upload being indexed; an update of it for an older edition is an error. Null when none is.
 * @param unreadable updates that are there but cannot be read.
 * @throws CellFilesError
 */
export function chooseFiles(
  cell: string,
  files: readonly IdentifiedFile[],
  current: number | null,
  unreadable: readonly UnreadableUpdate[] = [],
): ChosenFiles {
  const warnings: string[] = []
  const base = chooseBase(cell, files, warnings)
  const { edition, updateNumber: from, issueDate } = base.identification
  const chosen = new Map<number, IdentifiedFile>()
  const contradictory = new Map<number, UnreadableUpdate>()
  let ofNewerEdition: string | null = null
  const isOfCell = ({ identification: { name } }: IdentifiedFile) => name === cell || name === base.identification.name
  const candidates = files
    .filter((file) => file.number > 0 && file.upload >= base.upload)
    .sort((a, b) => b.upload - a.upload || Number(isOfCell(b)) - Number(isOfCell(a)) || a.id - b.id)
  for (const file of candidates) {
    const { edition: itsEdition, updateNumber } = file.identification
    // A cancellation has edition 0 and does not say of which edition it is.
    if (itsEdition === 0 && isBefore(file.identification.issueDate, issueDate)) {
      warnings.push(
        `${file.name} cancels an older edition: it is of ${file.identification.issueDate}, the base file of ${issueDate}`,
      )
      continue
    }
    if (itsEdition !== 0 && itsEdition !== edition) {
      const message = `${file.name} is an update for edition ${itsEdition}, but the cell is edition ${edition}`
      if (itsEdition > edition) ofNewerEdition ??= `${message}: the base file of edition ${itsEdition} is missing`
      else if (file.upload === base.upload) warnings.push(`${message}; it was ignored`)
      else if (file.upload === current) throw new CellFilesError(message)
      continue
    }
    if (updateNumber <= from) {
      const why =
        from === 0 ? 'it is no update (UPDN is 0)' : `the base file is a re-issue that already contains update ${updateNumber}`
      warnings.push(`${file.name} was ignored: ${why}`)
      continue
    }
    if (updateNumber !== file.number)
      warnings.push(`${file.name} identifies itself as update ${updateNumber} and is applied as such`)
    if (contradictory.has(updateNumber)) continue
    const other = chosen.get(updateNumber)
    if (other === undefined) chosen.set(updateNumber, file)
    else if (other.upload === file.upload) {
      if (isOfCell(other) && !isOfCell(file)) {
        warnings.push(ofOtherCell(file))
        continue
      }
      const message = differenceOf(cell, `update ${updateNumber}`, other, file, warnings)
      if (message === null) continue
      contradictory.set(updateNumber, { upload: file.upload, number: updateNumber, message })
      chosen.delete(updateNumber)
    }
  }
  const faults = unreadable.filter(({ upload, number }) => upload >= base.upload && number > from && !chosen.has(number))
  const { updates, stoppedBy } = inSequence(cell, base, chosen, [...contradictory.values(), ...faults])
  const isCancelled = updates.at(-1)?.identification.edition === 0
  return { base, updates, stoppedBy: stoppedBy ?? (isCancelled ? null : ofNewerEdition), warnings }
}

function chooseBase(cell: string, files: readonly IdentifiedFile[], warnings: string[]): IdentifiedFile {
  const bases = files.filter((file) => file.number === 0)
  const newest = Math.max(...bases.map((file) => file.upload))
  const there = bases.filter((file) => file.upload === newest).sort(byEdition)
  const own = there.filter((file) => file.identification.name === cell)
  const candidates = own.length > 0 ? own : there
  if (candidates === own) warnings.push(...there.filter((file) => !own.includes(file)).map(ofOtherCell))
  const base = candidates[0]
  if (base === undefined) {
    const misnamed = files.find(
      (file) => file.identification.exchangePurpose === NEW_DATA_SET && file.identification.updateNumber === 0,
    )
    if (misnamed !== undefined) {
      throw new CellFilesError(`${misnamed.name} is a base file (EXPP is 1) with the name of an update: name it ${cell}.000`)
    }
    const numbers = [...new Set(files.map((file) => file.identification.updateNumber))].sort((a, b) => a - b)
    const editions = [...new Set(files.map((file) => file.identification.edition))].filter((edition) => edition > 0)
    const what = numbers.length === 1 ? `update ${numbers[0]}` : `updates ${numbers.join(', ')}`
    const wanted = editions.length === 1 ? ` of edition ${editions[0]}` : ''
    throw new CellFilesError(
      `${what} cannot be applied: the base file ${cell}.000${wanted} is missing, and no earlier upload contains one`,
    )
  }
  for (const other of candidates.slice(1)) {
    const same =
      other.identification.edition === base.identification.edition &&
      other.identification.updateNumber === base.identification.updateNumber
    const difference = same ? differenceOf(cell, 'the base file', base, other, warnings) : null
    if (difference !== null) throw new CellFilesError(difference)
    if (!same)
      warnings.push(
        `edition ${other.identification.edition} of the base file was ignored: the upload also contains edition ${base.identification.edition}`,
      )
  }
  return base
}

/** Of two files with one name, the one that names another cell is no version of this one. */
function ofOtherCell({ name, identification }: IdentifiedFile): string {
  return `a copy of ${name} was ignored: it is for the cell ${shortened(identification.name, LONGEST_NAME)} (DSNM)`
}

/** Warns about a second copy of a file. @returns a message when the two differ, otherwise null. */
function differenceOf(cell: string, what: string, one: IdentifiedFile, other: IdentifiedFile, warnings: string[]): string | null {
  if (Buffer.compare(one.bytes, other.bytes) !== 0) {
    return `${what} of ${cell} occurs twice with different contents; upload only the correct one`
  }
  warnings.push(`${what} occurs twice with the same content; one copy was used`)
  return null
}

/** The updates up to the first that is missing or unreadable. @throws CellFilesError when an update follows a cancellation. */
function inSequence(
  cell: string,
  base: IdentifiedFile,
  chosen: ReadonlyMap<number, IdentifiedFile>,
  unreadable: readonly UnreadableUpdate[],
): Pick<ChosenFiles, 'updates' | 'stoppedBy'> {
  const updates: IdentifiedFile[] = []
  const from = base.identification.updateNumber
  for (let number = from + 1, file = chosen.get(number); file !== undefined; file = chosen.get(++number)) updates.push(file)
  const cancelled = updates.findIndex((file) => file.identification.edition === 0)
  if (cancelled >= 0 && (cancelled < updates.length - 1 || updates.length < chosen.size)) {
    throw new CellFilesError(`update ${from + cancelled + 1} cancels ${cell}, but a later update follows it`)
  }
  const next = from + updates.length + 1
  const fault = unreadable.find((each) => each.number === next)
  if (fault !== undefined) return { updates, stoppedBy: fault.message }
  const last = Math.max(...chosen.keys(), ...unreadable.map((each) => each.number))
  return { updates, stoppedBy: last < next ? null : missingUpdates(cell, base, chosen, last) }
}

function missingUpdates(cell: string, base: IdentifiedFile, chosen: ReadonlyMap<number, IdentifiedFile>, last: number): string {
  const { edition, updateNumber: from } = base.identification
  const list = missingNumbers(from, last, chosen)
  const at = from === 0 ? `edition ${edition}` : `edition ${edition}, update ${from}`
  return `${list} missing: the base file of ${cell} is ${at}, and the updates go up to ${last}`
}

/** `update 2 is`, `updates 1 to 3, 5 are`: the numbers between the base and the last update that are not there. */
function missingNumbers(from: number, last: number, chosen: ReadonlyMap<number, IdentifiedFile>): string {
  const there = [...chosen.keys()].filter((number) => number < last).sort((a, b) => a - b)
  const gaps: string[] = []
  let first = from + 1
  for (const next of [...there, last]) {
    const length = next - first
    if (length > 0) gaps.push(length === 1 ? `${first}` : length === 2 ? `${first}, ${first + 1}` : `${first} to ${next - 1}`)
    first = next + 1
  }
  const shown = gaps.slice(0, MOST_GAPS)
  const more = gaps.length > shown.length ? ' and more' : ''
  return /^\d+$/.test(gaps.join()) ? `update ${gaps[0]} is` : `updates ${shown.join(', ')}${more} are`
}

/** Whether a date of issue is before another one, both known. */
function isBefore(date: string | null, other: string | null): boolean {
  return date !== null && other !== null && date < other
}

function byEdition(a: IdentifiedFile, b: IdentifiedFile): number {
  const one = a.identification
  const other = b.identification
  return other.edition - one.edition || other.updateNumber - one.updateNumber || a.id - b.id
}
