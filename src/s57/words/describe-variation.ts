import { attributeClauses } from './attribute-clauses.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { numberOf, plainNumber } from './measures.ts'
import { variationWords } from './variation-words.ts'

/**
 * Describes the magnetic variation as a compass rose does: `6°15'W (2015)`, `changing 3' east a year`. VALMAG is in degrees and VALACM in
 * minutes a year, both positive to the east (S-57 appendix A).
 */
export function describeVariation({ attributes }: DescribedObject, noun: string): Description {
  const value = numberOf(attributes.get('VALMAG'))
  const year = numberOf(attributes.get('RYRMGV'))
  const change = numberOf(attributes.get('VALACM'))
  const words = value === null ? 'value unknown' : variationWords(value)
  return {
    noun,
    clauses: [
      year === null ? words : `${words} (${plainNumber(year)})`,
      ...(change === null ? [] : [changeWords(change)]),
      ...attributeClauses(attributes),
    ],
  }
}

function changeWords(minutes: number): string {
  if (minutes === 0) return 'not changing'
  return `changing ${plainNumber(Math.abs(minutes))}' ${minutes < 0 ? 'west' : 'east'} a year`
}
