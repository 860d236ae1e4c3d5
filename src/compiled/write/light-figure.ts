import { listedCodes } from '#s57/describe/listed-codes.ts'
import { numberOf } from './attribute-numbers.ts'

/** How a light is drawn (S-52 LIGHTS06): `other` for flood, spot and strip lights, which have a symbol of their own. */
export type LightFigure = 'sector' | 'directional' | 'allRound' | 'flare' | 'other'

/** From this range on, in nautical miles, an all-round light is drawn as a circle. S-52 says 10, which puts circles on range lights. */
const FAR_REACHING = 15

/** CATLIT of lights that get no circle: directional, leading, aeronautical, air obstruction, front, rear and moire lights. */
const NOT_FOR_ALL = new Set(['1', '4', '5', '6', '12', '13', '16'])
const WITH_OWN_SYMBOL = new Set(['8', '9', '11'])

export function lightFigure(attributes: ReadonlyMap<string, string>): LightFigure {
  const categories = listedCodes(attributes.get('CATLIT'))
  if (categories.some((code) => WITH_OWN_SYMBOL.has(code))) return 'other'
  if (sectorOf(attributes) !== null) return 'sector'
  if (categories.includes('1') || categories.includes('16')) return 'directional'
  const range = numberOf(attributes, 'VALNMR') ?? 0
  const isMorse = attributes.get('LITCHR') === '12'
  const isLimited = isMorse || numberOf(attributes, 'ORIENT') !== null || categories.some((code) => NOT_FOR_ALL.has(code))
  return range >= FAR_REACHING && !isLimited ? 'allRound' : 'flare'
}

/** Returns SECTR1 and SECTR2, bearings towards the light in degrees; null when they are missing or form a full circle. */
export function sectorOf(attributes: ReadonlyMap<string, string>): readonly [number, number] | null {
  const first = numberOf(attributes, 'SECTR1')
  const second = numberOf(attributes, 'SECTR2')
  if (first === null || second === null || (second - first) % 360 === 0) return null
  return [first, second]
}
