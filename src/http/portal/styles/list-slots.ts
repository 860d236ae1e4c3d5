import { type Slot, slots } from '#portrayal/palette/slots.ts'
import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'

export interface UsedSlot extends Slot {
  /** Ids of the style layers that use the colour, in paint order. */
  layers: string[]
}

/** Lists the colour slots with the layers that use them; built once, on the first call. */
export function createSlotList(): () => UsedSlot[] {
  let list: UsedSlot[] | null = null
  return () => {
    list ??= listSlots()
    return list
  }
}

/** The layers of a style with everything in it: all object classes and each optional display. */
function listSlots(): UsedSlot[] {
  const { layers } = buildStyle({
    ...STYLE_DEFAULTS,
    base: '',
    assets: '',
    showEncBoundaries: true,
    showMaritimeBoundaries: 'full',
  })
  const users = new Map<string, string[]>()
  for (const { id, metadata } of layers) {
    const { 'chartroom:tokens': tokens = [] } = (metadata ?? {}) as { 'chartroom:tokens'?: string[] }
    for (const token of tokens) users.set(token, [...(users.get(token) ?? []), id])
  }
  return slots().map((slot) => ({ ...slot, layers: users.get(slot.slot) ?? [] }))
}
