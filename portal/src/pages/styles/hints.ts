import { contrast, difference, SIGHTS, type Sight } from './colour.ts'

export type Hint =
  | { kind: 'text'; slots: readonly [text: string, ground: string]; ratio: number; usual: number }
  | { kind: 'shades'; slots: readonly [string, string]; sight: Sight }
  | { kind: 'night'; brightness: number }

/** Texts that are written on each ground. */
const TEXTS: readonly (readonly [text: string, ground: string])[] = [
  ['SNDG1', 'DEPDW'],
  ['SNDG1', 'DEPMD'],
  ['SNDG2', 'DEPMS'],
  ['SNDG2', 'DEPVS'],
  ['SNDG2', 'DEPIT'],
  ['CHBLK', 'DEPDW'],
  ['CHBLK', 'DEPVS'],
  ['CHBLK', 'LANDA'],
  ['CHBLK', 'CHBRN'],
]

/** Areas that lie side by side. */
const NEIGHBOURS: readonly (readonly [string, string])[] = [
  ['DEPDW', 'DEPMD'],
  ['DEPMD', 'DEPMS'],
  ['DEPMS', 'DEPVS'],
  ['DEPVS', 'DEPIT'],
  ['DEPVS', 'LANDA'],
  ['DEPIT', 'LANDA'],
]

/** Contrast of WCAG 2 for text that anyone can read. */
const READABLE = 4.5
/** Just noticeable is 0.02. */
const LEAST_DIFFERENCE = 0.02
/** The part of the theme's own difference that two shades must keep. */
const KEPT = 0.6
/** Mean light of a night view, 0 to 1 for a white screen. The night theme has a third of it. */
export const MOST_NIGHT_LIGHT = 0.02

/** How a style or a theme paints. */
export interface Painted {
  colour(slot: string): string
  /** The colour of a text, which may be brighter in the dark. */
  text(slot: string): string
}

/**
 * What is hard to see. Only pairs with a changed colour are checked, and what the theme itself does is accepted: at night nothing has a
 * contrast of 4.5.
 * @param light mean light of the map at night, 0 to 1; null when it is not known, or not night.
 */
export function hintsOf(style: Painted, theme: Painted, light: number | null): Hint[] {
  const hints: Hint[] = []
  for (const slots of TEXTS) {
    const [ratio, usual] = [style, theme].map(({ text, colour }) => contrast(text(slots[0]), colour(slots[1]))) as [
      number,
      number,
    ]
    if (isChanged(slots, style, theme) && ratio < Math.min(READABLE, usual - 0.01))
      hints.push({ kind: 'text', slots, ratio, usual })
  }
  for (const slots of NEIGHBOURS) {
    const alike = (sight: Sight) => {
      const [now, usual] = [style, theme].map(({ colour }) => difference(colour(slots[0]), colour(slots[1]), sight)) as [
        number,
        number,
      ]
      return now < Math.max(LEAST_DIFFERENCE, KEPT * usual)
    }
    const sight = isChanged(slots, style, theme) ? SIGHTS.find(alike) : undefined
    if (sight !== undefined) hints.push({ kind: 'shades', slots, sight })
  }
  if (light !== null && light > MOST_NIGHT_LIGHT) hints.push({ kind: 'night', brightness: light })
  return hints
}

function isChanged(slots: readonly string[], style: Painted, theme: Painted): boolean {
  return slots.some((slot) => style.colour(slot) !== theme.colour(slot) || style.text(slot) !== theme.text(slot))
}
