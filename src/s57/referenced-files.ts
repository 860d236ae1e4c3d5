import type { Feature } from './cell.ts'

/** A text or picture file that objects of a cell point to. */
export interface ReferencedFile {
  /** The name as the chart has it, without folders: `US348400.TXT`. Exchange sets keep it beside the cell. */
  name: string
  kind: 'text' | 'picture'
  /** How many objects point to it. */
  uses: number
}

const ATTRIBUTES = [
  ['TXTDSC', 'text'],
  ['NTXTDS', 'text'],
  ['PICREP', 'picture'],
] as const

/** The file that a value of TXTDSC, NTXTDS or PICREP names, without folders; null when it names none. */
export function referencedName(value: string): string | null {
  const name = value.replace(/^.*[\\/]/s, '').trim()
  return name === '' || name === '.' || name === '..' ? null : name
}

/** Equal for names of one file: case does not count, nor whether accents are characters of their own, as in zips of macOS. */
export function fileKey(name: string): string {
  return name.normalize('NFC').toUpperCase()
}

/**
 * Returns the files named by TXTDSC, NTXTDS and PICREP (S-57 appendix A, chapter 2), each once regardless of case, sorted by name.
 * The files may be missing.
 */
export function referencedFiles(features: Iterable<Pick<Feature, 'attributes' | 'nationalAttributes'>>): ReferencedFile[] {
  const files = new Map<string, ReferencedFile>()
  for (const { attributes, nationalAttributes } of features) {
    for (const [acronym, kind] of ATTRIBUTES) {
      // NTXTDS belongs to the national attributes, but producers write it among the others as well.
      for (const value of new Set([attributes.get(acronym), nationalAttributes.get(acronym)])) {
        const name = referencedName(value ?? '')
        if (name === null) continue
        const key = fileKey(name)
        const known = files.get(key)
        if (known === undefined) files.set(key, { name, kind, uses: 1 })
        else known.uses++
      }
    }
  }
  return [...files.values()].toSorted((a, b) => (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1))
}
