import type { StyleSlot } from '../../api/styles-api.ts'

export const SLOT_GROUPS = ['water', 'land', 'marks', 'dangers', 'traffic', 'text', 'lights'] as const
export type SlotGroup = (typeof SLOT_GROUPS)[number]

const MEMBERS: Readonly<Record<SlotGroup, string>> = {
  water: 'DEPDW DEPMD DEPMS DEPVS DEPIT DEPSC DEPCN NODTA',
  land: 'LANDA LANDF CSTLN CHBRN OUTLL CHWHT',
  marks: 'CHRED CHGRN CHYLW RESBL',
  dangers: 'ISDNG DNGHL',
  traffic: 'TRFCD TRFCF CHMGD CHMGF CHGRD CHGRF SCLBR NINFO CHCOR',
  text: 'CHBLK SNDG1 SNDG2 UIBCK',
  lights: 'LITRD LITGN LITYW OUTLW',
}
const GROUP_OF = new Map(SLOT_GROUPS.flatMap((group) => MEMBERS[group].split(' ').map((slot) => [slot, group] as const)))

/** The group that a slot is shown in. A group that this portal does not know counts as areas. */
export function slotGroup(slot: string): SlotGroup {
  return GROUP_OF.get(slot) ?? 'traffic'
}

/** Whether a slot changes anything: symbols come from a sheet that keeps the colours of the theme. */
export function hasEffect({ layers }: Pick<StyleSlot, 'layers'>): boolean {
  return layers.length > 0
}

/** Whether a slot matches a search: each word occurs in its token or its description. */
export function fitsSearch({ slot, description }: Pick<StyleSlot, 'slot' | 'description'>, search: string): boolean {
  const text = `${slot} ${description}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
