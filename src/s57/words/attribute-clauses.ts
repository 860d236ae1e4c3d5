import { joinWords } from './join-words.ts'
import { bearing, metres, numberOf, periodWords, plainNumber } from './measures.ts'
import { wordsOfCodes } from './value-words.ts'

type Attributes = ReadonlyMap<string, string>

const REGIONS = new Intl.DisplayNames(['en'], { type: 'region' })

/** Writes a measure, such as `height 12 m`, or that it is unknown where the chart states it without a value. */
const measured =
  (acronym: string, noun: string, write: (value: number) => string = metres) =>
  (attributes: Attributes): string | null => {
    const text = attributes.get(acronym)
    if (text === undefined) return null
    const value = numberOf(text)
    return value === null ? `${noun} unknown` : `${noun} ${write(value)}`
  }

/** Writes the meanings of an enumeration or list. @param unknown what to say where the chart gives no known value; null to say nothing. */
const meaning =
  (acronym: string, unknown: string | null, wrap: (words: string) => string = (words) => words) =>
  (attributes: Attributes): string | null => {
    const value = attributes.get(acronym)
    if (value === undefined) return null
    const { words, isKnown } = wordsOfCodes(acronym, value)
    if (words.length > 0) return wrap(joinWords(words))
    return isKnown ? null : unknown
  }

/** Writes a period by the attributes of its first and last day. */
const period =
  (start: string, end: string, suffix = '') =>
  (attributes: Attributes): string | null => {
    const words = periodWords(attributes.get(start), attributes.get(end))
    return words === null ? null : `${words}${suffix}`
  }

/** Writes the text of an attribute after a noun. */
const quoted =
  (acronym: string, noun: string, read: (text: string) => string = (text) => text) =>
  (attributes: Attributes): string | null => {
    const text = read(attributes.get(acronym) ?? '').trim()
    return text === '' ? null : `${noun} ${text}`
  }

/** What a sentence says about each attribute, in the order of the sentence. */
const CLAUSES: readonly (readonly [acronym: string, (attributes: Attributes) => string | null])[] = [
  ['RESTRN', meaning('RESTRN', 'restriction unknown')],
  ['NATION', countryOf],
  ['JRSDTN', meaning('JRSDTN', null)],
  ['COLOUR', colourClause],
  ['NATCON', meaning('NATCON', null, (words) => `made of ${words}`)],
  ['DRVAL1', depthRange],
  ['BURDEP', measured('BURDEP', 'buried depth')],
  ['VERCLR', measured('VERCLR', 'vertical clearance')],
  ['VERCCL', measured('VERCCL', 'vertical clearance when closed')],
  ['VERCOP', measured('VERCOP', 'vertical clearance when open')],
  ['VERCSA', measured('VERCSA', 'safe vertical clearance')],
  ['HORCLR', measured('HORCLR', 'horizontal clearance')],
  ['ELEVAT', measured('ELEVAT', 'elevation')],
  ['HEIGHT', measured('HEIGHT', 'height')],
  ['VERLEN', measured('VERLEN', 'vertical length')],
  ['HORLEN', measured('HORLEN', 'length')],
  ['HORWID', measured('HORWID', 'width')],
  ['RADIUS', measured('RADIUS', 'radius')],
  ['LIFCAP', measured('LIFCAP', 'lifting capacity', (value) => `${plainNumber(value)} t`)],
  ['ORIENT', measured('ORIENT', 'direction', bearing)],
  ['CURVEL', measured('CURVEL', 'rate', (value) => `${plainNumber(value)} knots`)],
  ['TRAFIC', meaning('TRAFIC', 'direction of traffic unknown')],
  ['VALMXR', measured('VALMXR', 'range', (value) => `${plainNumber(value)} nautical miles`)],
  ['VALLMA', measured('VALLMA', 'anomaly up to', (value) => `${plainNumber(value)}°`)],
  [
    'SIGFRQ',
    measured('SIGFRQ', 'frequency', (value) =>
      value >= 1_000 ? `${plainNumber(value / 1_000)} kHz` : `${plainNumber(value)} Hz`,
    ),
  ],
  ['CALSGN', quoted('CALSGN', 'call sign', (text) => text.replace(/[()]/g, ''))],
  ['COMCHA', quoted('COMCHA', 'radio channel', channels)],
  ['PILDST', quoted('PILDST', 'pilot district')],
  ['PRODCT', meaning('PRODCT', null, (words) => `for ${words}`)],
  ['WATLEV', meaning('WATLEV', 'water level unknown')],
  ['CONDTN', meaning('CONDTN', null)],
  ['CONVIS', meaning('CONVIS', null)],
  ['CONRAD', meaning('CONRAD', null)],
  ['QUASOU', meaning('QUASOU', null)],
  ['TECSOU', meaning('TECSOU', null, technique)],
  ['SOUACC', measured('SOUACC', 'accuracy of depths')],
  ['STATUS', meaning('STATUS', null)],
  ['DATSTA', period('DATSTA', 'DATEND')],
  ['PERSTA', period('PERSTA', 'PEREND', ' each year')],
]

/** Attributes whose clause also speaks for another one. */
const PARTNERS: ReadonlyMap<string, string> = new Map([
  ['DRVAL1', 'DRVAL2'],
  ['DATSTA', 'DATEND'],
  ['PERSTA', 'PEREND'],
])

/**
 * Returns what a sentence says about the attributes of an object, one clause each, in the order of the sentence. Attributes that no clause
 * knows are left out.
 * @param spoken attributes that the caller has already mentioned.
 */
export function attributeClauses(attributes: Attributes, spoken: readonly string[] = []): string[] {
  const clauses: string[] = []
  for (const [acronym, write] of CLAUSES) {
    if (spoken.includes(acronym)) continue
    if (!attributes.has(acronym) && !attributes.has(PARTNERS.get(acronym) ?? '')) continue
    const clause = write(attributes)
    if (clause !== null) clauses.push(clause)
  }
  return clauses
}

/** Writes the colours of an object with their pattern: `red and white vertical stripes`. Empty when it states no known colour. */
export function colourWords(attributes: Attributes): string {
  const colours = wordsOfCodes('COLOUR', attributes.get('COLOUR') ?? '').words
  const pattern = colours.length > 1 ? wordsOfCodes('COLPAT', attributes.get('COLPAT') ?? '').words : []
  return [joinWords([...new Set(colours)]), ...pattern.slice(0, 1)].filter((word) => word !== '').join(' ')
}

function colourClause(attributes: Attributes): string {
  return colourWords(attributes) || 'colour unknown'
}

/** DRVAL1 and DRVAL2 of anything but a depth area. */
function depthRange(attributes: Attributes): string | null {
  const [from, to] = [numberOf(attributes.get('DRVAL1')), numberOf(attributes.get('DRVAL2'))]
  if (from === null && to === null) return 'depth unknown'
  if (from === null) return `least depth unknown, greatest depth ${metres(to ?? 0)}`
  if (from < 0) return `dries up to ${metres(-from)}`
  return to === null || to === from ? `depth ${metres(from)}` : `depth ${plainNumber(from)} to ${metres(to)}`
}

function countryOf(attributes: Attributes): string | null {
  const code = (attributes.get('NATION') ?? '').trim()
  if (!/^[A-Z]{2}$/.test(code)) return 'country unknown'
  const name = REGIONS.of(code)
  return name === undefined || name === code ? 'country unknown' : name
}

/** COMCHA lists channels in brackets, such as `[VHF0016];[VHF0012]`. */
function channels(text: string): string {
  const listed = [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, channel = '']) => channel.replace(/^([A-Z]+)0*/, '$1 '))
  return joinWords(listed)
}

function technique(words: string): string {
  return words.replace(/(?<= and |, )found /g, '')
}
