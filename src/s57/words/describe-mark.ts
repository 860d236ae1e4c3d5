import { attributeClauses, colourWords } from './attribute-clauses.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { joinWords } from './join-words.ts'
import { wordsOfCode, wordsOfCodes } from './value-words.ts'

const SPOKEN = ['COLOUR', 'COLPAT', 'CONRAD', 'CATLAM', 'CATCAM', 'CATSPM']

const LATERAL: ReadonlyMap<string, string> = new Map([
  ['1', 'port-hand'],
  ['2', 'starboard-hand'],
  ['3', 'preferred channel to starboard'],
  ['4', 'preferred channel to port'],
])
const CARDINAL: ReadonlyMap<string, string> = new Map([
  ['1', 'north cardinal'],
  ['2', 'east cardinal'],
  ['3', 'south cardinal'],
  ['4', 'west cardinal'],
])

/**
 * Describes a buoy, beacon, topmark, daymark, light float or light vessel: what it marks, then how it looks, such as `starboard-hand
 * buoy`: `red nun`, `radar reflector`.
 */
export function describeMark({ acronym, attributes }: DescribedObject, noun: string): Description {
  const look = lookOf(acronym, attributes)
  const reflector = wordsOfCodes('CONRAD', attributes.get('CONRAD') ?? '').words
  return {
    noun: nounOf(attributes, noun),
    clauses: [...look, ...purposeOf(attributes), ...attributeClauses(attributes, SPOKEN), ...reflector],
  }
}

function nounOf(attributes: ReadonlyMap<string, string>, noun: string): string {
  const kind = noun.split(' ').at(-1) ?? noun
  const lateral = attributes.get('CATLAM')
  if (lateral !== undefined) return `${LATERAL.get(lateral.trim()) ?? 'lateral'} ${kind}`
  const cardinal = attributes.get('CATCAM')
  return cardinal === undefined ? noun : `${CARDINAL.get(cardinal.trim()) ?? 'cardinal'} ${kind}`
}

/** Colours with the shape. A missing shape is unknown too, but worth saying only where the chart says so. */
function lookOf(acronym: string, attributes: ReadonlyMap<string, string>): string[] {
  const key = acronym.startsWith('BOY') ? 'BOYSHP' : acronym.startsWith('BCN') ? 'BCNSHP' : 'TOPSHP'
  const value = attributes.get(key)
  const colours = colourWords(attributes)
  const shape = value === undefined ? '' : (wordsOfCode(key, value.trim() === '' ? 'none' : value) ?? '')
  const unknown = [
    ...(attributes.has('COLOUR') && colours === '' ? ['colour unknown'] : []),
    ...(value !== undefined && shape === '' ? ['shape unknown'] : []),
  ]
  const pattern = / (stripes|border|squared)$/.test(colours) && shape !== ''
  const look = pattern ? `${colours}, ${shape}` : [colours, shape].filter((word) => word !== '').join(' ')
  return look === '' ? unknown : [look, ...unknown]
}

function purposeOf(attributes: ReadonlyMap<string, string>): string[] {
  const value = attributes.get('CATSPM')
  if (value === undefined) return []
  const { words } = wordsOfCodes('CATSPM', value)
  return words.length === 0 ? ['purpose unknown'] : [joinWords(words)]
}
