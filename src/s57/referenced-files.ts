/** The file that a value of TXTDSC, NTXTDS or PICREP names, without folders (S-57 appendix A, chapter 2); null when it names none. */
export function referencedName(value: string): string | null {
  const name = value.replace(/^.*[\\/]/s, '').trim()
  return name === '' || name === '.' || name === '..' ? null : name
}

/** Equal for names of one file: case does not count, nor whether accents are characters of their own, as in zips of macOS. */
export function fileKey(name: string): string {
  return name.normalize('NFC').toUpperCase()
}
