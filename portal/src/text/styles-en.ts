import { counted } from './plural.ts'

// The words of the pages of styles. Those of the slots come from the server.

export const SLOT_GROUP_WORDS = {
  water: 'Water and depth',
  land: 'Land',
  marks: 'Buoys and beacons',
  dangers: 'Dangers',
  traffic: 'Traffic and areas',
  text: 'Text',
  lights: 'Lights',
} as const

/** Why a group has few colours or none. */
export const SLOT_GROUP_NOTES: Readonly<Record<string, string>> = {
  marks: 'Buoys and beacons are symbols: they have the colours of other groups. Settings choose the set of symbols.',
  dangers: 'Dangers are symbols: they have the colours of other groups. Their limits are black, their depths are soundings.',
}

export const SYMBOL_WORDS = {
  real: 'In their shape and colours',
  simplified: 'Simplified, as on ECDIS',
  paper: 'As on the paper chart',
} as const

/** Settings that are on or off, with what they show. */
export const SWITCH_WORDS = {
  showLightSectors: { name: 'Light sectors', hint: 'Arcs and legs of lights' },
  showFullSectorLegs: { name: 'Full sector legs', hint: 'Legs of sectors as long as the range of the light' },
  showPlaceNames: { name: 'Place names', hint: 'Names of landmarks and built-up areas' },
  showEncBoundaries: { name: 'Chart outlines', hint: 'Limits and names of charts' },
  showOverscale: { name: 'Overscale', hint: 'Lines across ground drawn at more than twice the scale of its chart' },
  showNoData: { name: 'No data', hint: 'A pattern where there is no chart' },
  roundOffSoundings: { name: 'Whole numbers', hint: 'Soundings rounded down to whole numbers of the unit' },
  twoShades: { name: 'Two shades', hint: 'Water is safe or not safe, without further steps' },
  shallowPattern: { name: 'Shallow pattern', hint: 'A pattern on all water that is not safe' },
  isolatedShallow: { name: 'Dangers in shallow water', hint: 'Isolated dangers also where the water itself is not safe' },
  showLowAccuracy: { name: 'Low accuracy', hint: 'Marks on points and areas whose position is inaccurate' },
  showUserReports: { name: 'Reports', hint: 'Reports of users and lines of their soundings' },
} as const

export const BOUNDARY_WORDS = { none: 'None', lines: 'Lines with labels', full: 'Lines with labels and fills' } as const

const SHORT: Readonly<Record<string, string>> = {
  DEPDW: 'deep water',
  DEPMD: 'water beyond the safety contour',
  DEPMS: 'water short of the safety contour',
  DEPVS: 'shallow water',
  DEPIT: 'drying ground',
  LANDA: 'land',
  CHBRN: 'built-up areas',
  CHBLK: 'Text',
  SNDG1: 'Deep soundings',
  SNDG2: 'Shallow soundings',
}

/** A slot within a sentence. */
function slotInWords(slot: string): string {
  return SHORT[slot] ?? slot
}

export function contrastSentence([text, ground]: readonly [string, string], ratio: number, usual: number): string {
  const wanted = usual >= 4.5 ? '4.5:1 can be read well' : `the theme has ${ratioText(usual)}`
  return `${slotInWords(text)} on ${slotInWords(ground)} has a contrast of ${ratioText(ratio)}; ${wanted}.`
}

const SEEN_BY = {
  usual: 'look almost alike',
  protan: 'look almost alike to eyes that see no red',
  deutan: 'look almost alike to eyes that see no green',
} as const

export function shadesSentence([one, other]: readonly [string, string], sight: keyof typeof SEEN_BY): string {
  const [first, second] = [slotInWords(one), slotInWords(other)]
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} and ${second} ${SEEN_BY[sight]}.`
}

export function nightSentence(light: number, most: number): string {
  return `This view gives ${percentText(light)} of the light of a white screen; at night, eyes stay adapted to the dark below ${percentText(most)}.`
}

function ratioText(ratio: number): string {
  return `${(Math.floor(ratio * 10) / 10).toFixed(1)}:1`
}

function percentText(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

export function changedColours(count: number): string {
  return count === 0 ? 'Colours of the theme' : `${counted(count, 'colour')} changed`
}

export const DELETE_CONSEQUENCE = 'Maps that ask for it get the default style. This cannot be undone.'

export const IMAGERY_NOTE =
  'Satellite imagery and glyphs of other servers are not shown here, because this page loads nothing from elsewhere. Maps that use the style show them.'
