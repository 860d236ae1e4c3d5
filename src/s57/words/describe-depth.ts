import { attributeClauses } from './attribute-clauses.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { joinWords } from './join-words.ts'
import { dateWords, depthWords, metres, numberOf, plainNumber } from './measures.ts'
import { wordsOfCodes } from './value-words.ts'

const SPOKEN = ['DRVAL1', 'DRVAL2']

/** Describes a depth area, dredged area or swept area by its least and greatest depth: `depth 5.4 to 9.1 m`. */
export function describeDepthArea({ acronym, attributes }: DescribedObject, noun: string): Description {
  const depths = depthsOf(attributes)
  const rest = [...attributeClauses(attributes, SPOKEN), ...dated(attributes)]
  return acronym === 'DEPARE' ? { noun: depths, clauses: rest } : { noun, clauses: [depths, ...rest] }
}

/** Describes a depth contour: `depth contour 5.4 m`. */
export function describeContour({ attributes }: DescribedObject, noun: string): Description {
  const depth = numberOf(attributes.get('VALDCO'))
  const text =
    depth === null ? `${noun} of unknown depth` : depth < 0 ? `drying contour ${metres(-depth)}` : `${noun} ${metres(depth)}`
  return { noun: text, clauses: attributeClauses(attributes) }
}

/** Describes soundings by their depth, or the least and the greatest of several: `sounding 5.4 m`. */
export function describeSounding({ attributes, depths }: DescribedObject, noun: string): Description {
  return {
    noun: soundingNoun(depths, noun),
    clauses: [
      ...wordsOfCodes('EXPSOU', attributes.get('EXPSOU') ?? '').words,
      ...attributeClauses(attributes),
      ...dated(attributes),
    ],
  }
}

function soundingNoun(depths: readonly number[], noun: string): string {
  if (depths.length === 0) return `${noun} of unknown depth`
  const least = depths.reduce((a, b) => Math.min(a, b))
  const greatest = depths.reduce((a, b) => Math.max(a, b))
  if (least === greatest) return least < 0 ? `${noun}, ${depthWords(least)}` : `${noun} ${metres(least)}`
  const from = least < 0 ? `from drying ${metres(-least)}` : `from ${metres(least)}`
  return `${noun}s ${from} to ${greatest < 0 ? 'drying ' : ''}${metres(Math.abs(greatest))}`
}

function depthsOf(attributes: ReadonlyMap<string, string>): string {
  const [from, to] = [numberOf(attributes.get('DRVAL1')), numberOf(attributes.get('DRVAL2'))]
  if (from === null) return to === null ? 'depth unknown' : `depth up to ${metres(to)}, least depth unknown`
  if (to === null) return from < 0 ? `dries up to ${metres(-from)}, greatest depth unknown` : `depth ${metres(from)} or more`
  if (from === to) return depthWords(from)
  if (to <= 0) return to === 0 ? `dries up to ${metres(-from)}` : `dries ${plainNumber(-to)} to ${metres(-from)}`
  return from < 0 ? `from drying ${metres(-from)} to depth ${metres(to)}` : `depth ${plainNumber(from)} to ${metres(to)}`
}

function dated(attributes: ReadonlyMap<string, string>): string[] {
  const date = dateWords(attributes.get('SORDAT'))
  return date === null ? [] : [`source dated ${date}`]
}

/** Describes the seabed by its nature: `fine sand and broken shells`; layers are named from the top down. */
export function describeSeabed({ attributes }: DescribedObject, noun: string): Description {
  const qualities = (attributes.get('NATQUA') ?? '').split(/[,/]/)
  const surfaces = attributes.get('NATSUR') ?? ''
  let at = 0
  const layers = surfaces
    .split('/')
    .map((layer) => joinWords(layer.split(',').flatMap((code) => materialOf(code, qualities[at++] ?? ''))))
  const nature = layers.filter((layer) => layer !== '').join(' over ')
  return { noun, clauses: [nature || 'nature unknown', ...attributeClauses(attributes)] }
}

function materialOf(code: string, quality: string): string[] {
  const words = [...wordsOfCodes('NATQUA', quality).words, ...wordsOfCodes('NATSUR', code).words]
  return words.length === 0 ? [] : [words.join(' ')]
}
