import { attributeClauses } from './attribute-clauses.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { numberOf, plainNumber } from './measures.ts'

/** Describes the magnetic variation: `6.5° west in 2010`, `changing 3′ east a year`. East is positive (S-57 appendix A, VALMAG). */
export function describeVariation({ attributes }: DescribedObject, noun: string): Description {
  const value = numberOf(attributes.get('VALMAG'))
  const year = numberOf(attributes.get('RYRMGV'))
  const change = numberOf(attributes.get('VALACM'))
  const words = value === null ? 'value unknown' : `${plainNumber(Math.abs(value))}° ${value < 0 ? 'west' : 'east'}`
  return {
    noun,
    clauses: [
      year === null ? words : `${words} in ${plainNumber(year)}`,
      ...(change === null ? [] : [`changing ${plainNumber(Math.abs(change))}′ ${change < 0 ? 'west' : 'east'} a year`]),
      ...attributeClauses(attributes),
    ],
  }
}
