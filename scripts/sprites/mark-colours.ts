import type { Token } from '../../src/portrayal/palette/tokens.ts'

// COLOUR of S-57 attribute 75 to the token that fills a mark. Black is BKAJ1, because CHBLK is a light grey at night.
const TOKEN_OF_COLOUR: Readonly<Record<string, Token>> = {
  1: 'CHWHT',
  2: 'BKAJ1',
  3: 'CHRED',
  4: 'CHGRN',
  5: 'RESBL',
  6: 'CHYLW',
  7: 'CHGRF',
  8: 'CHBRN',
  9: 'ADINF',
  10: 'CHMGF',
  11: 'CHCOR',
  12: 'CHMGD',
  13: 'CHMGF',
}

/** Returns the fill class of a COLOUR value, `fCHRED` for `3`. @throws Error for a value that S-57 does not have. */
export function fillOf(colour: string): string {
  const token = TOKEN_OF_COLOUR[colour]
  if (token === undefined) throw new Error(`COLOUR ${colour} is not in S-57`)
  return `f${token}`
}
