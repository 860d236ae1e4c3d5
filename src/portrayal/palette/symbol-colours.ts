import { paletteOf } from './palette-of.ts'
import { type Theme, TOKENS } from './tokens.ts'

/** Colours of symbols in a style that has changed some. */
export interface SymbolColours {
  /** The colour of every token. */
  palette: Readonly<Record<string, string>>
  /** The tokens whose colour differs from that of the theme, sorted. */
  changed: readonly string[]
}

/** What a style changes in symbols, patterns and complex lines; null when it leaves all of them as they are. */
export function symbolColours(theme: Theme, colors: Readonly<Record<string, string>>): SymbolColours | null {
  const own: Readonly<Record<string, string>> = paletteOf(theme)
  const palette: Readonly<Record<string, string>> = paletteOf(theme, colors)
  const changed = Object.keys(palette).filter((token) => palette[token] !== own[token])
  return changed.length === 0 ? null : { palette, changed: changed.toSorted() }
}

/** Changed colours as a URL contains them: `CHBLK-112233.CHMGD-445566`. */
export function writeSymbolColours({ palette, changed }: SymbolColours): string {
  return changed.map((token) => `${token}-${palette[token]?.slice(1) ?? ''}`).join('.')
}

const PART = /^([A-Z0-9]{5})-([0-9a-f]{6})$/i

/** Reads what `writeSymbolColours` wrote: token to `#rrggbb`; null for anything else. */
export function readSymbolColours(text: string): Record<string, string> | null {
  const colours: Record<string, string> = {}
  for (const part of text.split('.')) {
    const [, token = '', colour = ''] = PART.exec(part) ?? []
    if (!Object.hasOwn(TOKENS.day, token)) return null
    colours[token] = `#${colour.toLowerCase()}`
  }
  return colours
}
