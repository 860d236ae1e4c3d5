import type { CellFile } from '#s57/cell.ts'
import { fileKey } from '#s57/referenced-files.ts'
import { openZip, type ZipMember } from './open-zip.ts'
import { ZipError } from './zip-error.ts'
import { CELL_ZIP_LIMITS, type ZipLimits } from './zip-limits.ts'

/** The files of a zip with one cell. */
export interface CellFiles {
  /** The cell's name, upper case. */
  name: string
  base: CellFile
  /** In order of number. */
  updates: CellFile[]
  /** Why later updates are left out: one cannot be unpacked, or occurs twice with different contents; null when none are. */
  stoppedBy: string | null
  /** One sentence for each file that was ignored. */
  warnings: string[]
  /** Names of the other files, such as texts and pictures, without folders and in upper case. */
  others: string[]
}

const MOST_WARNINGS = 20

/** A member that is a file of a cell. */
interface CellMember {
  cell: string
  number: number
  member: ZipMember
}

/**
 * Reads the only cell of a zip: its base file (`.000`) and its updates (`.001` and up), in any folder. Does not unpack other files
 * (texts, pictures, CATALOG.031).
 *
 * @param path of the zip on disk. @param name of the zip in messages.
 * @throws ZipError when the zip is broken or hostile, or contains no base file that can be unpacked or more than one.
 */
export async function readCellFiles(path: string, name: string, limits: ZipLimits = CELL_ZIP_LIMITS): Promise<CellFiles> {
  const zip = await openZip(path, name, limits)
  try {
    const found = zip.members.map(toCellMember).filter((each) => each !== null)
    const bases = found.filter((each) => each.number === 0)
    const base = bases[0]
    if (base === undefined) throw new ZipError(name, 'it contains no chart: it has no base cell file (ending in .000)')
    const second = bases.find((each) => each.cell !== base.cell)
    if (second !== undefined) {
      throw new ZipError(name, `it contains the cells ${base.cell} and ${second.cell}; one cell per zip is expected`)
    }
    const bytes = zip.read(base.member)
    const strays = found.filter((each) => each.number > 0 && each.cell !== base.cell)
    const updates = found.filter((each) => each.number > 0 && each.cell === base.cell).sort((a, b) => a.number - b.number)
    const warnings = strays
      .slice(0, MOST_WARNINGS)
      .map((each) => `${fileName(each)} was ignored: it is an update of another cell than ${base.cell}`)
    for (const copy of bases.slice(1)) {
      if (!bytes.equals(zip.read(copy.member)))
        throw new ZipError(name, `it contains ${base.cell}.000 twice, with different contents`)
      warnings.push('the base file occurs twice with the same content; one copy was used')
    }
    const unpacked: CellFile[] = []
    let stoppedBy: string | null = null
    for (const each of updates) {
      try {
        const content = zip.read(each.member)
        const last = unpacked.at(-1)
        if (last?.name !== fileName(each)) unpacked.push({ name: fileName(each), bytes: content })
        else if (content.equals(last.bytes))
          warnings.push(`update ${each.number} occurs twice with the same content; one copy was used`)
        else {
          unpacked.pop()
          stoppedBy = `update ${each.number} of ${base.cell} occurs twice with different contents`
          break
        }
      } catch (error) {
        if (!(error instanceof ZipError)) throw error
        stoppedBy = error.message
        break
      }
    }
    return {
      name: base.cell,
      base: { name: fileName(base), bytes },
      others: zip.members
        .filter((member) => toCellMember(member) === null && member.fault === null)
        .map(({ path }) => nameOf(path)),
      updates: unpacked,
      stoppedBy,
      warnings,
    }
  } finally {
    zip.close()
  }
}

/** The member as a file of a cell; null for any other. CATALOG.031 is none, because its name has seven letters. */
function toCellMember(member: ZipMember): CellMember | null {
  const [, cell, number] = /(?:^|\/)([A-Z0-9]{8})\.(\d{3})$/i.exec(member.path) ?? []
  return cell === undefined ? null : { cell: cell.toUpperCase(), number: Number(number), member }
}

function nameOf(path: string): string {
  return fileKey(path.slice(path.lastIndexOf('/') + 1))
}

function fileName({ cell, number }: CellMember): string {
  return `${cell}.${String(number).padStart(3, '0')}`
}
