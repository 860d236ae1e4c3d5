import type { Token } from './tokens.ts'

/** At night CHBLK hardly differs from land and SNDG1 from deep water, so texts take the next brighter grey of the same palette. */
const BRIGHTER: Partial<Record<string, Token>> = { CHBLK: 'UINFD', SNDG1: 'CHGRD' }

/**
 * The token of a text at night in place of another, or the same one. A colour that the caller has chosen stays.
 *
 * @param overrides colours that the caller has chosen, by token.
 */
export function nightTextToken(token: string, overrides: Readonly<Record<string, string>>): string {
  return Object.hasOwn(overrides, token) ? token : (BRIGHTER[token] ?? token)
}
