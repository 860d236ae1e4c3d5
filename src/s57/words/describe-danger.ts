import { attributeClauses } from './attribute-clauses.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { joinWords } from './join-words.ts'
import { dateWords, depthWords, metres, numberOf } from './measures.ts'
import { wordsOfCodes } from './value-words.ts'

const SPOKEN = ['QUASOU']
const ABOVE_WATER = new Set(['1', '2'])
const ALWAYS_UNDER_WATER = '3'

/**
 * Describes a wreck, rock, obstruction or marine farm: what it is, the depth over it and how well that is known, such as `dangerous
 * wreck`: `least depth 4.2 m (known)`.
 */
export function describeDanger({ acronym, attributes }: DescribedObject, noun: string): Description {
  const seabed = acronym === 'UWTROC' || acronym === 'OBSTRN' ? wordsOfCodes('NATSUR', attributes.get('NATSUR') ?? '').words : []
  const exposed = wordsOfCodes('EXPSOU', attributes.get('EXPSOU') ?? '').words
  const dated = dateWords(attributes.get('SORDAT'))
  return {
    noun: acronym === 'UWTROC' ? rockOf(attributes) : noun,
    clauses: [
      ...depthOver(attributes),
      ...exposed,
      ...(seabed.length === 0 ? [] : [`of ${joinWords(seabed)}`]),
      ...attributeClauses(attributes, SPOKEN),
      ...(dated === null ? [] : [`source dated ${dated}`]),
    ],
  }
}

function rockOf(attributes: ReadonlyMap<string, string>): string {
  return attributes.get('WATLEV') === ALWAYS_UNDER_WATER ? 'underwater rock' : 'rock'
}

/** VALSOU with what QUASOU says about it. */
function depthOver(attributes: ReadonlyMap<string, string>): string[] {
  const depth = numberOf(attributes.get('VALSOU'))
  const quality = attributes.get('QUASOU')?.trim() ?? ''
  if (depth === null) {
    const words = wordsOfCodes('QUASOU', quality).words
    return ABOVE_WATER.has(attributes.get('WATLEV') ?? '')
      ? words
      : words.includes('depth unknown')
        ? words
        : ['depth unknown', ...words]
  }
  if (quality === '6') return [depth < 0 ? `${depthWords(depth)} (known)` : `least depth ${metres(depth)} (known)`]
  if (quality === '7') return [`least depth unknown, safe clearance ${metres(depth)}`]
  return [depthWords(depth), ...wordsOfCodes('QUASOU', quality).words]
}
