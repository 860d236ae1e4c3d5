import { SLOT_DESCRIPTIONS } from './slot-descriptions.ts'
import { TOKENS, type Token } from './tokens.ts'

/** A colour that a custom style may replace, with its defaults as `#rrggbb`. */
export interface Slot {
  slot: Token
  group: string
  description: string
  day: string
  dusk: string
  night: string
}

/** Every colour slot, grouped by use: the S-52 tokens that charts draw with. */
export function slots(): Slot[] {
  return SLOT_DESCRIPTIONS.map(([slot, group, description]) => ({
    slot,
    group,
    description,
    day: TOKENS.day[slot],
    dusk: TOKENS.dusk[slot],
    night: TOKENS.night[slot],
  }))
}
