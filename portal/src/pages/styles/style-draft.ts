import { isRecord } from '../../api/errors.ts'
import type { StyleRecord, StyleSlot } from '../../api/styles-api.ts'
import { THEMES, type Theme } from '../map/map-view.ts'

/** A style as the editor holds it. */
export interface StyleDraft {
  name: string
  /** The colours that differ from those of the theme: slot to `#rrggbb`. */
  colors: Readonly<Record<string, string>>
  settings: Readonly<Record<string, unknown>>
  /** Members that this portal does not know, kept as they are. */
  others: { colors: Readonly<Record<string, unknown>>; parameters: Readonly<Record<string, unknown>> }
}

export type SlotList = readonly StyleSlot[]

/** Follows CHBLK unless it has a colour of its own. */
const FOLLOWER = 'OUTLW'
const FOLLOWED = 'CHBLK'

export function isColour(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)
}

/** The theme, which chooses symbols and the colours that are not changed; without one, the theme in the name of the icon set. */
export function themeOf(settings: Readonly<Record<string, unknown>>): Theme {
  const named = /-(day|dusk|night)$/.exec(String(settings['iconSet'] ?? ''))?.[1]
  return THEMES.find((each) => each === settings['theme']) ?? THEMES.find((each) => each === named) ?? 'day'
}

/** The colour of a slot in a theme. */
function themeColour(slots: SlotList, theme: Theme, slot: string): string {
  const name = slot === FOLLOWER ? FOLLOWED : slot
  return slots.find((each) => each.slot === name)?.[theme] ?? '#000000'
}

/** The colour that a draft gives a slot. */
export function colourOf(slots: SlotList, draft: StyleDraft, slot: string): string {
  const given = draft.colors[slot]
  if (given !== undefined) return given
  return slot === FOLLOWER ? colourOf(slots, draft, FOLLOWED) : themeColour(slots, themeOf(draft.settings), slot)
}

/** Reads the content of a style. Values that are not colours are kept among the others. */
export function draftOf({ name, parameters }: Pick<StyleRecord, 'name' | 'parameters'>, slots: SlotList): StyleDraft {
  const { colors, settings, ...rest } = parameters
  const known: Record<string, string> = {}
  const others: Record<string, unknown> = {}
  for (const [slot, value] of Object.entries(isRecord(colors) ? colors : {})) {
    if (isColour(value) && slots.some((each) => each.slot === slot)) known[slot] = value.toLowerCase()
    else others[slot] = value
  }
  const held = isRecord(settings) ? settings : {}
  return normalised({ name, colors: known, settings: held, others: { colors: others, parameters: rest } }, slots)
}

/** The parameters of a draft as the server stores them. */
export function parametersOf({ colors, settings, others }: StyleDraft): Record<string, unknown> {
  return { ...others.parameters, colors: { ...others.colors, ...colors }, settings }
}

/** Gives a slot a colour, or that of the theme with null. */
export function withColour(draft: StyleDraft, slots: SlotList, slot: string, colour: string | null): StyleDraft {
  const { [slot]: _, ...rest } = draft.colors
  return normalised({ ...draft, colors: colour === null ? rest : { ...rest, [slot]: colour.toLowerCase() } }, slots)
}

/** Changes settings; those without a value are left out. A new theme takes its icon set along. */
export function withSettings(draft: StyleDraft, slots: SlotList, patch: Readonly<Record<string, unknown>>): StyleDraft {
  const settings: Record<string, unknown> = { ...draft.settings, ...patch }
  for (const [name, value] of Object.entries(settings)) if (value === undefined) delete settings[name]
  if ('theme' in patch && /^enc-(day|dusk|night)$/.test(String(settings['iconSet'] ?? '')))
    settings['iconSet'] = `enc-${themeOf(settings)}`
  return normalised({ ...draft, settings }, slots)
}

/** Drops colours that equal the theme's, because they have no effect. */
function normalised(draft: StyleDraft, slots: SlotList): StyleDraft {
  const theme = themeOf(draft.settings)
  const changed = Object.entries(draft.colors).filter(([slot, colour]) => colour !== themeColour(slots, theme, slot))
  return { ...draft, colors: Object.fromEntries(changed) }
}

/** Whether two drafts are the same style. */
export function sameDraft(one: StyleDraft, other: StyleDraft): boolean {
  return one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [key, sorted(part)])
}
