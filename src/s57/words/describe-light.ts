import { lightCharacter, lightStatus } from '../describe/light-character.ts'
import { listedCodes } from '../describe/listed-codes.ts'
import { attributeClauses } from './attribute-clauses.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { joinWords } from './join-words.ts'
import { bearing, numberOf, plainNumber } from './measures.ts'
import { wordsOfCodes } from './value-words.ts'

const SPOKEN = ['COLOUR', 'HEIGHT', 'STATUS', 'ORIENT']
/** Values of CATLIT that the character says already: directional, aero and fog detector lights. */
const IN_CHARACTER = new Set(['1', '5', '7'])
const DIRECTIONAL = '1'

/**
 * Describes a light by its character as charts write it, with its sector as seen from the sea: `Fl R 4s 5m 3M`, `white from 045° to
 * 120°, as seen from the sea`. The range is in nautical miles (`M`), the height in metres (`m`).
 */
export function describeLight({ attributes }: DescribedObject, noun: string): Description {
  const height = numberOf(attributes.get('HEIGHT'))
  const range = numberOf(attributes.get('VALNMR'))
  const text = [
    lightCharacter(attributes),
    height === null ? '' : `${plainNumber(height, 1)}m`,
    range === null ? '' : `${plainNumber(range, 1)}M`,
    lightStatus(attributes),
  ].filter((part) => part !== '')
  const codes = listedCodes(attributes.get('CATLIT')).filter((code) => !IN_CHARACTER.has(code))
  const count = numberOf(attributes.get('MLTYLT'))
  return {
    noun,
    clauses: [
      text.length === 0 ? 'character unknown' : text.join(' '),
      ...wordsOfCodes('CATLIT', codes.join(',')).words,
      ...sectorOf(attributes),
      ...orientationOf(attributes),
      ...(count !== null && count > 1 ? [`${plainNumber(count)} lights`] : []),
      ...visibilityOf(attributes),
      ...wordsOfCodes('EXCLIT', attributes.get('EXCLIT') ?? '').words,
      ...attributeClauses(attributes, SPOKEN),
    ],
  }
}

/** Returns the sector between SECTR1 and SECTR2 with its colour; empty for an all-round light. */
export function sectorOf(attributes: ReadonlyMap<string, string>, colour = true): string[] {
  const [from, to] = [numberOf(attributes.get('SECTR1')), numberOf(attributes.get('SECTR2'))]
  if (from === null || to === null) {
    const stated = attributes.has('SECTR1') || attributes.has('SECTR2')
    return stated ? ['limits of the sector unknown'] : []
  }
  const colours = colour ? wordsOfCodes('COLOUR', attributes.get('COLOUR') ?? '').words : []
  return [`${joinWords(colours) || 'sector'} from ${bearing(from)} to ${bearing(to)}, as seen from the sea`]
}

function orientationOf(attributes: ReadonlyMap<string, string>): string[] {
  const degrees = numberOf(attributes.get('ORIENT'))
  if (degrees === null) return []
  const isDirectional = listedCodes(attributes.get('CATLIT')).includes(DIRECTIONAL)
  return [isDirectional ? `on the bearing ${bearing(degrees)}, as seen from the sea` : `bearing ${bearing(degrees)}`]
}

function visibilityOf(attributes: ReadonlyMap<string, string>): string[] {
  const { words } = wordsOfCodes('LITVIS', attributes.get('LITVIS') ?? '')
  return words.length === 0 ? [] : [joinWords(words)]
}
