/** NATSUR to the abbreviations of INT 1, section J. */
const SURFACES: ReadonlyMap<string, string> = new Map([
  ['1', 'M'],
  ['2', 'Cy'],
  ['3', 'Si'],
  ['4', 'S'],
  ['5', 'St'],
  ['6', 'G'],
  ['7', 'P'],
  ['8', 'Cb'],
  ['9', 'R'],
  ['11', 'R'],
  ['14', 'Co'],
  ['17', 'Sh'],
  ['18', 'R'],
])

/** NATQUA to the abbreviations of INT 1, J 30 to 39. */
const QUALITIES: ReadonlyMap<string, string> = new Map([
  ['1', 'f'],
  ['2', 'm'],
  ['3', 'c'],
  ['4', 'bk'],
  ['5', 'sy'],
  ['6', 'so'],
  ['7', 'sf'],
  ['8', 'v'],
  ['9', 'ca'],
  ['10', 'h'],
])

/**
 * Returns the nature of the seabed as charts write it: `fS.Sh`, `S/R` for sand over rock. Empty when nothing is known.
 *
 * @param surfaces NATSUR: codes, the main one first, with `,` between parts of a mixture and `/` between layers.
 * @param qualities NATQUA: the quality of each surface in the same order; members may be empty.
 */
export function seabedWords(surfaces: string, qualities: string): string {
  const given = qualities.split(/[,/]/)
  const separators = surfaces.match(/[,/]/g) ?? []
  const codes = surfaces.split(/[,/]/)
  let words = ''
  for (let i = 0; i < Math.max(codes.length, given.length); i++) {
    const word = (QUALITIES.get((given[i] ?? '').trim()) ?? '') + (SURFACES.get((codes[i] ?? '').trim()) ?? '')
    if (word === '') continue
    if (words !== '') words += separators[i - 1] === '/' ? '/' : '.'
    words += word
  }
  return words
}
