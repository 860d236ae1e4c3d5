import { UNKNOWN_WORDS } from '../../text/map-en.ts'
import type { DepthProfile } from './chart-feature.ts'
import { dangerDepth, type Thing } from './things.ts'
import { type DepthUnit, depthNumber, depthRangeText, depthText, UNITS } from './units.ts'

/** The depth of a place against the safety depth, in sentences; empty where no chart says anything. */
export function depthHere({ samples: [here] }: DepthProfile, safety: number, unit: DepthUnit): string[] {
  if (here === undefined) return []
  const range = depthRangeText(here.shoalest, here.deepest, unit)
  const unknowns = here.unknowns.map((each) => UNKNOWN_WORDS[each])
  const sentences = []
  if (here.shoalest !== null && range !== null)
    sentences.push(`Depth here ${range}: ${against(here.shoalest, here.deepest, safety, unit)}.`)
  if (unknowns.length > 0)
    sentences.push(`There is also ${unknowns.join(', and ')} here.`.replace('also ', sentences.length > 0 ? 'also ' : ''))
  if (here.source?.quality) sentences.push(`Survey quality ${here.source.quality}.`)
  return sentences
}

function against(shoalest: number, deepest: number | null, safety: number, unit: DepthUnit): string {
  const words = `your safety depth of ${depthText(safety, unit)}`
  if (shoalest >= safety) return `${shoalest === safety ? 'as deep as' : 'deeper than'} ${words}`
  return deepest !== null && deepest > safety ? `may be shallower than ${words}` : `shallower than ${words}`
}

/** A danger against the safety depth: `1.2 m over your safety depth` is water to spare. */
export function dangerText(thing: Thing, safety: number, unit: DepthUnit): string | null {
  if (thing.kind !== 'danger') return null
  const depth = dangerDepth(thing)
  if (depth === null) return 'The chart states no depth over it: treat it as shallower than your safety depth.'
  const spare = depth - safety
  if (spare === 0) return 'Its depth is your safety depth.'
  const { short } = UNITS[unit]
  return spare > 0
    ? `${depthNumber(spare, unit)} ${short} over your safety depth.`
    : `${-depthNumber(spare, unit)} ${short} short of your safety depth.`
}

/** What is said about a place without objects. */
export function nothingThere({ samples: [here], gaps }: DepthProfile, radius: number, unit: DepthUnit): string {
  if (gaps.some(({ reason }) => reason === 'noChart')) return 'No chart here.'
  const range = here === undefined ? null : depthRangeText(here.shoalest, here.deepest, unit)
  const around = `nothing else charted within ${unit === 'meters' ? `${radius} m` : `${Math.round(radius / 0.3048)} ft`}`
  return range === null ? `Nothing charted within ${radius} m.` : `Water between ${range.replace(' to ', ' and ')}; ${around}.`
}
