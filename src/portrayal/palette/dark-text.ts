import type { Theme, Token } from './tokens.ts'

/**
 * In the dark CHBLK hardly differs from land, and SNDG1 from deep water: at night not at all, at dusk the halo of thin letters takes the
 * rest. Texts take the next brighter grey of the same palette.
 */
const BRIGHTER: Partial<Record<string, Token>> = { CHBLK: 'UINFD', SNDG1: 'CHGRD' }

/**
 * The token of a text in place of another, or the same one. A colour that the caller has chosen stays.
 *
 * @param overrides colours that the caller has chosen, by token.
 */
export function textToken(theme: Theme, token: string, overrides: Readonly<Record<string, string>>): string {
  return theme === 'day' || Object.hasOwn(overrides, token) ? token : (BRIGHTER[token] ?? token)
}
