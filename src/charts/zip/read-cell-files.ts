import type { CellFile } from '#s57/cell.ts'
import { openZip, type ZipMember } from './open-zip.ts'
import { ZipError } from './zip-error.ts'
import { CELL_ZIP_LIMITS, type ZipLimits } from './zip-limits.ts'

export interface CellFiles {
  /** The cell's name, upper case. */
  name: string
  base: CellFile
  /** In order of number. */
  updates: CellFile[]
  /** Names of the other files, without folders, in upper case: texts and pictures among them. They are not unpacked. */
  others: string[]
}

interface Named {
  cell: string
  number: number
  entry: ZipMember
}

/**
 * Reads the one cell of a zip: its base file (`.000`) and its updates (`.001` and on), in whatever folders they lie. Other
 * files (texts, pictures, CATALOG.031) are not unpacked.
 *
 * @param path of the zip on disk. @param name what messages call it.
 * @throws ZipError when the zip is broken or hostile, or holds no base file, or more than one cell.
 */
export async function readCellFiles(path: string, name: string, limits: ZipLimits = CELL_ZIP_LIMITS): Promise<CellFiles> {
  const zip = await openZip(path, name, limits)
  try {
    const found = zip.members.map(named).filter((each) => each !== null)
    const bases = found.filter((each) => each.number === 0)
    const base = bases[0]
    if (base === undefined) throw new ZipError(name, 'it holds no chart: there is no base cell file (ending in .000) in it')
    const second = bases[1]
    if (second !== undefined) {
      const what = second.cell === base.cell ? `${base.cell}.000 twice` : `the cells ${base.cell} and ${second.cell}`
      throw new ZipError(name, `it holds ${what}; one cell a zip is expected`)
    }
    const updates = found.filter((each) => each.number > 0).sort((a, b) => a.number - b.number)
    const stray = updates.find((each) => each.cell !== base.cell)
    if (stray !== undefined) {
      throw new ZipError(name, `it holds the cell ${base.cell} and an update of ${stray.cell}; one cell a zip is expected`)
    }
    const twice = updates.find((each, i) => each.number === updates[i - 1]?.number)
    if (twice !== undefined) throw new ZipError(name, `it holds update ${twice.number} twice`, { entry: twice.entry.path })
    return {
      name: base.cell,
      base: { name: fileName(base), bytes: await zip.read(base.entry) },
      others: zip.members.filter((entry) => named(entry) === null).map((entry) => entry.path.toUpperCase().split('/').at(-1)!),
      updates: await Array.fromAsync(updates, async (each) => ({ name: fileName(each), bytes: await zip.read(each.entry) })),
    }
  } finally {
    zip.close()
  }
}

/** The entry as a cell file, or null for anything else; CATALOG.031 has a name of seven letters. */
function named(entry: ZipMember): Named | null {
  const match = /(?:^|\/)([A-Z0-9]{8})\.(\d{3})$/i.exec(entry.path)
  return match === null ? null : { cell: (match[1] ?? '').toUpperCase(), number: Number(match[2]), entry }
}

function fileName({ cell, number }: Named): string {
  return `${cell}.${String(number).padStart(3, '0')}`
}
