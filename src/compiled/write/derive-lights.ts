import { lightCharacter, lightStatus, sectorRanges } from '#s57/describe/light-character.ts'
import { listedCodes } from '#s57/describe/listed-codes.ts'
import { numberOf } from './attribute-numbers.ts'
import type { DerivedProperties } from './derived-value.ts'
import { type LightFigure, lightFigure } from './light-figure.ts'

interface Light {
  attributes: ReadonlyMap<string, string>
  figure: LightFigure
  derived: DerivedProperties
}

/** COLOUR as a whole list where S-52 draws the white and yellow flare. */
const LIKE_WHITE = new Set(['1', '6', '11', '1,6', '5,6'])
/** LITVIS: obscured by the land or by intent. */
const OBSCURED = '7'

/**
 * Derives the properties of the lights at one place, in the order of the file: `character`, `rangeText`, `statusText`, `flare`, `place`
 * and `sector` (docs/tiles.md).
 */
export function deriveLights(attributesOfLights: readonly ReadonlyMap<string, string>[]): DerivedProperties[] {
  const lights = attributesOfLights.map((attributes): Light => {
    return { attributes, figure: lightFigure(attributes), derived: new Map() }
  })
  const allAround = lights.filter(({ figure }) => figure !== 'sector' && figure !== 'other')
  let place = 0
  for (const light of lights) {
    const { attributes, figure, derived } = light
    if (figure === 'sector') derived.set('sector', true)
    if (figure === 'flare') {
      const isWhite = LIKE_WHITE.has(listedCodes(attributes.get('COLOUR')).join(','))
      derived.set('flare', isWhite && allAround.length > 1 ? 45 : 135)
    }
  }
  for (const group of textGroups(lights)) if (setText(group, place)) place++
  return lights.map(({ derived }) => derived)
}

/** Returns the lights that share a text: each alone, or the sectors of one light together. Flood and strip lights have none. */
function textGroups(lights: readonly Light[]): Light[][] {
  const groups: Light[][] = []
  const sectors = new Map<string, Light[]>()
  for (const light of lights) {
    if (light.figure === 'other') continue
    const key = light.figure === 'sector' ? sharedText(light.attributes) : null
    const known = key === null ? undefined : sectors.get(key)
    if (known !== undefined) known.push(light)
    else {
      const group = [light]
      groups.push(group)
      if (key !== null) sectors.set(key, group)
    }
  }
  return groups
}

/** What sectors must have in common to be one light. */
function sharedText(attributes: ReadonlyMap<string, string>): string {
  const height = numberOf(attributes, 'HEIGHT') ?? ''
  return [lightCharacter(attributes, []), height, lightStatus(attributes)].join('|')
}

/** Writes the text of a group to the light that is shown first. Returns false when there is nothing to write. */
function setText(group: readonly Light[], place: number): boolean {
  const [first] = group
  if (first === undefined) return false
  const isSector = first.figure === 'sector'
  const carrier = isSector ? carrierOf(group) : first
  const character = isSector ? lightCharacter(carrier.attributes, coloursByRange(group)) : lightCharacter(carrier.attributes)
  const ranges = isSector ? sectorRanges(lit(group).flatMap(({ attributes }) => numberOf(attributes, 'VALNMR') ?? [])) : ''
  if (character === '' && ranges === '') return false
  const status = lightStatus(carrier.attributes)
  if (character !== '') carrier.derived.set('character', character)
  if (ranges !== '') carrier.derived.set('rangeText', ranges)
  if (status !== '') carrier.derived.set('statusText', status)
  carrier.derived.set('place', place)
  return true
}

/** Returns the light that appears at the lowest zoom, and of these the one with the greatest range. */
function carrierOf(group: readonly Light[]): Light {
  const rank = ({ attributes }: Light) => [numberOf(attributes, 'SCAMIN') ?? 0, numberOf(attributes, 'VALNMR') ?? 0] as const
  return group.reduce((best, light) => {
    const [a, b] = [rank(best), rank(light)]
    return b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? light : best
  })
}

/** Returns the sectors that can be seen; all of them when none can. */
function lit(group: readonly Light[]): readonly Light[] {
  const seen = group.filter(({ attributes }) => !listedCodes(attributes.get('LITVIS')).includes(OBSCURED))
  return seen.length === 0 ? group : seen
}

/** Returns the codes of COLOUR by falling range; equal ranges in the order white, red, green. */
function coloursByRange(group: readonly Light[]): string[] {
  const ranges = new Map<string, number>()
  for (const { attributes } of lit(group)) {
    const range = numberOf(attributes, 'VALNMR') ?? 0
    for (const code of listedCodes(attributes.get('COLOUR'))) ranges.set(code, Math.max(range, ranges.get(code) ?? 0))
  }
  return [...ranges].sort(([a, far], [b, near]) => near - far || Number(a) - Number(b)).map(([code]) => code)
}
