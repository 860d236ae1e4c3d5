import { objectClassByAcronym } from '../data/object-classes.ts'
import { attributeClauses } from './attribute-clauses.ts'
import { CLASS_NOUNS } from './class-nouns.ts'
import { describeDanger } from './describe-danger.ts'
import { describeContour, describeDepthArea, describeSeabed, describeSounding } from './describe-depth.ts'
import { describeLight } from './describe-light.ts'
import { describeMark } from './describe-mark.ts'
import { describeQuality } from './describe-quality.ts'
import { describeFogSignal, describeRadarBeacon } from './describe-signal.ts'
import { describeVariation } from './describe-variation.ts'
import type { DescribedObject, Description } from './described-object.ts'
import { capitalised, joinWords } from './join-words.ts'
import { wordsOfCodes } from './value-words.ts'

type Describe = (object: DescribedObject, noun: string) => Description

const FAMILIES: ReadonlyMap<string, Describe> = new Map([
  ...['TOPMAR', 'DAYMAR', 'LITFLT', 'LITVES'].map((acronym): [string, Describe] => [acronym, describeMark]),
  ...['WRECKS', 'UWTROC', 'OBSTRN', 'MARCUL'].map((acronym): [string, Describe] => [acronym, describeDanger]),
  ...['DEPARE', 'DRGARE', 'SWPARE'].map((acronym): [string, Describe] => [acronym, describeDepthArea]),
  ['DEPCNT', describeContour],
  ['SOUNDG', describeSounding],
  ['SBDARE', describeSeabed],
  ['LIGHTS', describeLight],
  ['FOGSIG', describeFogSignal],
  ['RTPBCN', describeRadarBeacon],
  ['MAGVAR', describeVariation],
])

/** Places, whose name says more than their class. */
const PLACES = new Set(['SEAARE', 'LNDRGN', 'RIVERS', 'LAKARE', 'LNDARE', 'LNDELV', 'ADMARE', 'BUAARE', 'SLOGRD', 'CANALS'])

/** Most characters of the chart's own note; the rest is in the attributes. */
const LONGEST_NOTE = 300

/**
 * Describes a chart object in a sentence that a navigator reads: `Starboard-hand buoy R "8": red nun, radar reflector.` It has no
 * acronym or code of S-57, and says `unknown` where the chart does. A note of the chart follows as a sentence of its own.
 */
export function describeObject(object: DescribedObject): string {
  const { acronym, attributes } = object
  const noun = nounOf(acronym, attributes)
  const { noun: said, clauses } = familyOf(acronym)(object, noun)
  const name = (attributes.get('OBJNAM') || attributes.get('NOBJNM') || '').trim().replace(/\.$/, '')
  const [head, ...rest] = headOf(said, name, PLACES.has(acronym))
  const details = [...rest, ...clauses].filter((clause, i, all) => all.indexOf(clause) === i)
  const sentence = `${head}${details.length === 0 ? '' : `: ${details.join(', ')}`}.`
  return `${sentence}${noteOf(attributes)}`
}

/** Names of aids to navigation say what they name, whatever carries the aid: `Bear River Light 112`. */
const NAME_OF_AID = /\b(light|lighthouse|lightship|beacon|daybeacon|daymark|buoy|range (front|rear))\b/i

/** A name that says what it names comes first: `Tybee Light: light`; others follow the noun: `Buoy R "8"`. */
function headOf(noun: string, name: string, isPlace: boolean): string[] {
  if (name === '') return [capitalised(noun)]
  const kind = noun.split(' ').at(-1) ?? ''
  if (NAME_OF_AID.test(name) && !noun.toLowerCase().startsWith('light')) return [name, noun]
  if (isPlace && !name.toLowerCase().includes(kind.toLowerCase())) return [name, noun]
  return name.toLowerCase().includes(kind.toLowerCase())
    ? [name, ...(noun.includes(' ') ? [noun] : [])]
    : [`${capitalised(noun)} ${name}`]
}

function familyOf(acronym: string): Describe {
  if (/^(BOY|BCN)[A-Z]{3}$/.test(acronym)) return describeMark
  if (acronym.startsWith('M_')) return describeQuality
  return FAMILIES.get(acronym) ?? ((object, noun) => describeOther(object, noun))
}

function describeOther({ acronym, attributes }: DescribedObject, noun: string): Description {
  const entry = CLASS_NOUNS.get(acronym)
  const category = entry?.category ?? null
  if (category === null || entry?.replaces === true || !attributes.has(category))
    return { noun, clauses: attributeClauses(attributes) }
  const { words } = wordsOfCodes(category, attributes.get(category) ?? '')
  return { noun, clauses: [words.length === 0 ? 'kind unknown' : joinWords(words), ...attributeClauses(attributes)] }
}

/** The noun of the class, or the meaning of its category where that says more. */
function nounOf(acronym: string, attributes: ReadonlyMap<string, string>): string {
  const entry = CLASS_NOUNS.get(acronym)
  if (entry === undefined) return catalogueNoun(acronym)
  if (acronym === 'NEWOBJ') return newObjectNoun(attributes.get('CLSNAM') ?? '') || entry.noun
  if (!entry.replaces || entry.category === null) return entry.noun
  return joinWords(wordsOfCodes(entry.category, attributes.get(entry.category) ?? '').words) || entry.noun
}

/** The class that a new object states for itself, with the usual abbreviation of its field written out. */
function newObjectNoun(text: string): string {
  const plain = text.trim().replaceAll(/\bAtoN\b/g, 'aid to navigation')
  return plain === text.trim() ? plain : plain.toLowerCase()
}

/** Classes of inland and additional layers, and unknown ones. */
function catalogueNoun(acronym: string): string {
  const name = objectClassByAcronym.get(acronym)?.name ?? ''
  const text = name
    .replace(/\([^()]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
  return text === '' ? 'object of a kind unknown to this server' : text
}

function noteOf(attributes: ReadonlyMap<string, string>): string {
  const note = (attributes.get('INFORM') || attributes.get('NINFOM') || '').replace(/\s+/g, ' ').trim()
  if (note === '') return ''
  return ` The chart notes: “${note.length > LONGEST_NOTE ? `${note.slice(0, LONGEST_NOTE)}…` : note}”.`
}
