import { type HeightUnit, heightText, type Measures } from '../../text/measures.ts'
import { type DepthUnit, depthNumber, UNITS } from './units.ts'

/** A clause about a height above the water or the ground. */
const HEIGHT = /\b(?:height|elevation|vertical (?:length|clearance))\b/i
/** A clause about a depth, or about a height that depends on the water. */
const DEPTH = /\b(?:depths?|dries|drying|contour|soundings?|safe clearance)\b/i
/** `5.4 m`, or both ends of `5.4 to 9.1 m`, with the word before it that says which side of the datum it is on. */
const METRES = /\b(dries |drying |up to )?(\d{1,7}(?:\.\d{1,4})?)(?: to (\d{1,7}(?:\.\d{1,4})?))? m\b/gi
/** The height in the character of a light: `Fl R 4s 5m 3M`. */
const LIGHT_HEIGHT = / (\d{1,5}(?:\.\d{1,2})?)m(?= |$)/

/** A sentence of the server, which is in metres, in the units of the user. Depths are cut off towards the shoal, clearances downward. */
export function wordsInUnits(sentence: string, { depthUnit, heightUnit }: Pick<Measures, 'depthUnit' | 'heightUnit'>): string {
  if (depthUnit === 'meters' && heightUnit === 'meters') return sentence
  return sentence
    .split(', ')
    .map((clause) => {
      if (HEIGHT.test(clause)) return clause.replace(METRES, (_, word, from, to) => heights(clause, word, from, to, heightUnit))
      if (DEPTH.test(clause)) {
        const dry = /dries/i.test(clause) && !/depth/i.test(clause)
        return clause.replace(METRES, (_, word, from, to) => depths(word, from, to, depthUnit, dry))
      }
      if (heightUnit !== 'feet') return clause
      return clause.replace(LIGHT_HEIGHT, (_, metres: string) => ` ${heightText(Number(metres), 'feet').replace(' ', '')}`)
    })
    .join(', ')
}

type Captured = string | undefined

function heights(clause: string, word: Captured, from: string, to: Captured, unit: HeightUnit): string {
  const round = clause.includes('clearance') ? Math.floor : Math.round
  const text = (metres: string) => heightText(Number(metres), unit, round)
  return `${word ?? ''}${to === undefined ? text(from) : `${text(from)} to ${text(to)}`}`
}

/** @param dry whether the whole clause is about heights above the datum. */
function depths(word: Captured, from: string, to: Captured, unit: DepthUnit, dry: boolean): string {
  const isDry = dry || /^d/i.test(word ?? '')
  const number = (metres: string) => (isDry ? -depthNumber(-Number(metres), unit) : depthNumber(Number(metres), unit))
  return `${word ?? ''}${number(from)}${to === undefined ? '' : ` to ${number(to)}`} ${UNITS[unit].short}`
}
