import { attributeClauses } from './attribute-clauses.ts'
import { sectorOf } from './describe-light.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { joinWords } from './join-words.ts'
import { numberOf, plainNumber } from './measures.ts'
import { wordsOfCodes } from './value-words.ts'

/** Describes a fog signal by what sounds and how often: `horn`, `2 blasts every 30 s`. */
export function describeFogSignal({ attributes }: DescribedObject, noun: string): Description {
  const { words, isKnown } = wordsOfCodes('CATFOG', attributes.get('CATFOG') ?? '')
  const kind = words.length === 0 ? (attributes.has('CATFOG') && !isKnown ? ['kind unknown'] : []) : [joinWords(words)]
  const count = Number(/\((\d+)\)/.exec(attributes.get('SIGGRP') ?? '')?.[1] ?? '1')
  const seconds = numberOf(attributes.get('SIGPER'))
  const blasts = count > 1 ? `${count} blasts` : ''
  const period = seconds === null ? '' : `every ${plainNumber(seconds)} s`
  const rhythm = [blasts, period].filter((part) => part !== '').join(' ')
  return {
    noun,
    clauses: [
      ...kind,
      ...(rhythm === '' ? [] : [rhythm]),
      ...wordsOfCodes('SIGGEN', attributes.get('SIGGEN') ?? '').words,
      ...attributeClauses(attributes),
    ],
  }
}

/** Describes a radar transponder beacon with the Morse letter that it answers: `racon`: `Morse G`. */
export function describeRadarBeacon({ attributes }: DescribedObject, noun: string): Description {
  const letters = [...(attributes.get('SIGGRP') ?? '').matchAll(/\(([A-Z0-9]+)\)/g)].map(([, letter = '']) => letter)
  return {
    noun: joinWords(wordsOfCodes('CATRTB', attributes.get('CATRTB') ?? '').words) || noun,
    clauses: [
      ...(letters.length === 0 ? [] : [`Morse ${letters.join(' ')}`]),
      ...sectorOf(attributes, false),
      ...attributeClauses(attributes),
    ],
  }
}
