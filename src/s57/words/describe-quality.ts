import { AGENCIES } from '../data/agencies.ts'
import { attributeClauses } from './attribute-clauses.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { joinWords } from './join-words.ts'
import { dateWords, metres, numberOf, periodWords } from './measures.ts'
import { wordsOfCode, wordsOfCodes } from './value-words.ts'

type Attributes = ReadonlyMap<string, string>

/** Describes what a chart says about its data: quality, surveys, datums, scale, units, publications. */
export function describeQuality({ attributes }: DescribedObject, noun: string): Description {
  const spoken = ['SOUACC', 'HORACC', 'VERACC']
  return {
    noun,
    clauses: [
      ...zoneOf(attributes),
      ...named(attributes, ['CATQUA', 'SURTYP', 'QUAPOS', 'MARSYS', 'VERDAT', 'HORDAT']),
      ...surveyed(attributes),
      ...measured(attributes, 'POSACC', 'positions within'),
      ...measured(attributes, 'HORACC', 'horizontal distances within'),
      ...measured(attributes, 'SOUACC', 'depths within'),
      ...measured(attributes, 'VERACC', 'heights within'),
      ...scaleOf(attributes),
      ...unitsOf(attributes),
      ...agencyOf(attributes),
      ...textOf(attributes, 'SURATH', 'surveyed by'),
      ...textOf(attributes, 'PUBREF', 'publication'),
      ...textOf(attributes, 'SHIPAM', 'shift'),
      ...attributeClauses(attributes, spoken),
    ],
  }
}

/** Returns the quality of the survey in a few words: `A1 (full search, positions within 5 m)`, or null when nothing is stated. */
export function surveyQuality(attributes: Attributes): string | null {
  const code = attributes.get('CATZOC')?.trim() ?? ''
  if (code !== '') return wordsOfCode('CATZOC', code)
  const quality = attributes.get('CATQUA')?.trim() ?? ''
  return quality === '' ? null : wordsOfCode('CATQUA', quality)
}

function zoneOf(attributes: Attributes): string[] {
  const code = attributes.get('CATZOC')
  return code === undefined ? [] : [wordsOfCode('CATZOC', code.trim() === '' ? 'none' : code) ?? 'quality unknown']
}

function named(attributes: Attributes, acronyms: readonly string[]): string[] {
  return acronyms.flatMap((acronym) => {
    const value = attributes.get(acronym)
    if (value === undefined) return []
    const { words } = wordsOfCodes(acronym, value)
    return [words.length === 0 ? 'not stated' : joinWords(words)]
  })
}

/** `surveyed 2019`, `surveyed from 2001 to 2019`. */
function surveyed(attributes: Attributes): string[] {
  const [start, end] = [attributes.get('SURSTA'), attributes.get('SUREND')]
  const period = dateWords(start) === null ? dateWords(end) : periodWords(start, end)
  if (period !== null) return [`surveyed ${period}`]
  return start === undefined && end === undefined ? [] : ['date of the survey unknown']
}

function measured(attributes: Attributes, acronym: string, words: string): string[] {
  const value = numberOf(attributes.get(acronym))
  return value === null ? [] : [`${words} ${metres(value)}`]
}

/** A scale with its thousands separated: `1:20 000`. */
function scaleOf(attributes: Attributes): string[] {
  const scale = numberOf(attributes.get('CSCALE'))
  return scale === null ? [] : [`scale 1:${Math.round(scale).toLocaleString('en-US').replaceAll(',', '\u00a0')}`]
}

function unitsOf(attributes: Attributes): string[] {
  const units = [
    ['depths', wordsOfCodes('DUNITS', attributes.get('DUNITS') ?? '').words],
    ['heights', wordsOfCodes('HUNITS', attributes.get('HUNITS') ?? '').words],
  ] as const
  return units.flatMap(([what, words]) => (words.length === 0 ? [] : [`${what} in ${joinWords(words)}`]))
}

function agencyOf(attributes: Attributes): string[] {
  const token = (attributes.get('AGENCY') ?? '').trim()
  const agency = [...AGENCIES.values()].find((entry) => entry.token === token)
  return agency === undefined ? [] : [`by ${agency.name}`]
}

function textOf(attributes: Attributes, acronym: string, words: string): string[] {
  const text = (attributes.get(acronym) ?? '').trim()
  return text === '' ? [] : [`${words} ${text}`]
}
