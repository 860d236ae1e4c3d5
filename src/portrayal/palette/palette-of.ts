import { type Theme, TOKENS, type Token } from './tokens.ts'

/**
 * Colour of every token in a theme, as `#rrggbb`. `overrides` replaces colours by token; unknown tokens and values that are not
 * `#rrggbb` have no effect. OUTLW is CHBLK: it is black in every palette of S-52, which hides outlines at night.
 */
export function paletteOf(theme: Theme, overrides: Readonly<Record<string, string>> = {}): Record<Token, string> {
  const palette = { ...TOKENS[theme] }
  for (const token of Object.keys(palette) as Token[]) {
    const colour = Object.hasOwn(overrides, token) ? overrides[token] : undefined
    if (colour !== undefined && /^#[0-9a-f]{6}$/i.test(colour)) palette[token] = colour.toLowerCase()
  }
  if (!Object.hasOwn(overrides, 'OUTLW')) palette.OUTLW = palette.CHBLK
  return palette
}
