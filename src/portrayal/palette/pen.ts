import { rememberLast } from '#lib/remember-last.ts'
import { textToken } from './dark-text.ts'
import { paletteOf } from './palette-of.ts'
import { slots } from './slots.ts'
import { type Theme, TOKENS, type Token } from './tokens.ts'

/** Writes the colours of a style. */
export interface Pen {
  /**
   * @param name token that the tables give to a part of a chart.
   * @param isText whether the part is a text, which is brighter in the dark.
   * @returns the token that is used, and the colour as the style has it.
   */
  colour(name: string, isText: boolean): { token: string; colour: string }
}

/** Pens remembered at once: those of the themes, and some of custom styles. */
const MOST_PENS = 8
const known = new Map<string, Pen>()

/** Writes the colours of a theme; the same pen for the same colours. @param overrides colours that the caller has chosen: token to `#rrggbb`. */
export function palettePen(theme: Theme, overrides: Readonly<Record<string, string>>): Pen {
  const key = JSON.stringify([theme, overrides])
  return rememberLast(known, key, MOST_PENS, () => makePen(theme, overrides))
}

function makePen(theme: Theme, overrides: Readonly<Record<string, string>>): Pen {
  const palette: Readonly<Record<string, string>> = paletteOf(theme, overrides)
  return {
    colour(name, isText) {
      const token = isText ? textToken(theme, name, overrides) : name
      return { token, colour: palette[token] ?? TOKENS[theme].CHBLK }
    },
  }
}

const SLOTS: ReadonlySet<string> = new Set(slots().map(({ slot }) => slot))

/**
 * Writes slots in place of colours, for an editor that fills them in: `$LANDA`, or `$CHBLK?#364147` for a colour that is the second one
 * unless the slot is filled, which may be a slot again. Tokens that are not slots get their colour.
 */
export function slotPen(theme: Theme): Pen {
  function write(token: string): string {
    if (token === 'OUTLW') return '$OUTLW?$CHBLK'
    return SLOTS.has(token) ? `$${token}` : (TOKENS[theme][token as Token] ?? '$CHBLK')
  }
  return {
    colour(name, isText) {
      const token = isText ? textToken(theme, name, {}) : name
      return { token: name, colour: token === name ? write(name) : `$${name}?${write(token)}` }
    },
  }
}
