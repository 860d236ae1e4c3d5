import type { GeometryCollection } from 'geojson'
import type { ChartFeature, FeatureSource } from './chart-feature.ts'

/** In the order of the cards. */
export const KINDS = ['danger', 'aid', 'rule', 'depth', 'other'] as const
export type Kind = (typeof KINDS)[number]

/** A real thing at sea: a buoy with its light and its topmark, a wreck, an area. */
export interface Thing {
  id: string
  kind: Kind
  title: string
  /** What it is, then what it carries, in a sentence each. */
  sentences: string[]
  /** What the chart itself writes about it. */
  notes: string[]
  features: ChartFeature[]
  source: FeatureSource | null
}

const DANGERS = new Set(['WRECKS', 'UWTROC', 'OBSTRN'])
const DEPTHS = new Set(['DEPARE', 'DRGARE', 'SWPARE', 'UNSARE', 'LNDARE', 'DEPCNT', 'SOUNDG'])
const AIDS = new Set(
  'LIGHTS LITFLT LITVES FOGSIG RTPBCN RADSTA RADRFL RETRFL DAYMAR TOPMAR RDOSTA SISTAW SISTAT NAVLNE RECTRC RDOCAL LNDMRK PILPNT OFSPLF MORFAC DISMAR'.split(
    ' ',
  ),
)
const RULES = new Set(
  'RESARE ACHARE ACHBRT CBLARE CTNARE PRCARE MIPARE PIPARE DMPGRD TSSBND TSSCRS TSSLPT TSSRON TSELNE TSEZNE TWRTPT DWRTCL DWRTPT FAIRWY FERYRT RCRTCL RCTLPT ISTZNE SUBTLN SPLARE CTSARE FSHGRD FSHZNE FSHFAC HRBARE CBLSUB CBLOHD PIPSOL PIPOHD BRIDGE OSPARE ICNARE LOGPON MARCUL SEAARE PILBOP TESARE CONZNE EXEZNE COSARE FRPARE CUSZNE ADMARE GATCON LOKBSN'.split(
    ' ',
  ),
)
/** Classes that carry others, the most informative first. */
const CARRIERS = [
  /^BOY|^(boywtw)$/,
  /^BCN|^(bcnwtw)$/,
  /^LITFLT$|^LITVES$/,
  /^(OFSPLF|LNDMRK|MORFAC|PILPNT|BUISGL|SILTNK|FORSTC|CRANES)$/,
  /^DAYMAR$/,
  /^LIGHTS$/,
  /^(FOGSIG|RTPBCN|RADSTA|RDOSTA|RADRFL|RETRFL)$/,
  /^TOPMAR$/,
]
const EQUIPMENT = CARRIERS.length

/** Groups the objects of an answer by real thing, in the order of the cards; objects about the data are left out. */
export function thingsOf(features: readonly ChartFeature[]): Thing[] {
  const groups = new Map<string, ChartFeature[]>()
  for (const feature of features) {
    if (/^[MC]_/.test(feature.layerId)) continue
    const key = groupKey(feature)
    groups.set(key, [...(groups.get(key) ?? []), feature])
  }
  const things = [...groups.values()].map(thingOf)
  return KINDS.flatMap((kind) => things.filter((thing) => thing.kind === kind))
}

/** Parts of one thing lie at one position; an area or line that two charts share is one thing when both say the same about it. */
function groupKey(feature: ChartFeature): string {
  const { position, layerId } = feature
  if (position !== null && carrierRank(layerId) < EQUIPMENT) return `at ${position.map((value) => value.toFixed(6)).join(' ')}`
  return position === null ? `${layerId} ${feature.words ?? feature.id}` : feature.id
}

function carrierRank(layerId: string): number {
  const found = CARRIERS.findIndex((classes) => classes.test(layerId))
  return found < 0 ? EQUIPMENT : found
}

export function kindOf(layerId: string): Kind {
  const upper = layerId.toUpperCase()
  if (DANGERS.has(upper)) return 'danger'
  if (DEPTHS.has(upper)) return 'depth'
  if (AIDS.has(upper) || /^(BOY|BCN)/.test(upper)) return 'aid'
  return RULES.has(upper) ? 'rule' : 'other'
}

function thingOf(group: ChartFeature[]): Thing {
  const features = group.toSorted((a, b) => carrierRank(a.layerId) - carrierRank(b.layerId))
  const [main] = features as [ChartFeature, ...ChartFeature[]]
  const parts = features.map((feature) => splitWords(feature.words ?? feature.layerName))
  const sentences = parts.map(({ head, details }, i) => {
    if (i === 0) return details === '' ? '' : sentenceOf(details)
    // Another chart says the same.
    if (features[i]?.words === main.words) return ''
    const plain = withoutName(head, features[i]?.attributes.objectName)
    return sentenceOf(details === '' ? plain : `${plain}: ${details}`)
  })
  const kinds = new Set(features.map(({ layerId }) => kindOf(layerId)))
  return {
    id: main.id,
    kind: KINDS.find((kind) => kinds.has(kind)) ?? 'other',
    title: parts[0]?.head ?? '',
    sentences: distinct(sentences.filter((sentence) => sentence !== '')),
    notes: distinct(parts.flatMap(({ note }) => (note === null ? [] : [note]))),
    features,
    source: main.source ?? null,
  }
}

/** The name of a light is that of what carries it, or nearly so: one heading is enough. */
function withoutName(head: string, name: string | undefined): string {
  const text = name?.trim() ?? ''
  if (text === '' || !head.includes(text)) return head
  const rest = head.replace(text, '').trim()
  return rest === '' ? head : rest
}

const NOTE = ' The chart notes: “'

/** A sentence of the server as its heading, its details and the note of the chart. */
export function splitWords(words: string): { head: string; details: string; note: string | null } {
  const noteAt = words.indexOf(NOTE)
  const note = noteAt < 0 ? null : words.slice(noteAt + NOTE.length).replace(/”\.$/, '')
  const sentence = (noteAt < 0 ? words : words.slice(0, noteAt)).replace(/\.$/, '')
  const colon = sentence.indexOf(': ')
  if (colon < 0) return { head: sentence, details: '', note }
  return { head: sentence.slice(0, colon), details: sentence.slice(colon + 2), note }
}

function sentenceOf(text: string): string {
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)]
}

/** The charted depth of a danger, in metres; null where the chart has none. */
export function dangerDepth({ features }: Thing): number | null {
  const value = features.find(({ layerId }) => DANGERS.has(layerId.toUpperCase()))?.rawAttributes['valsou']
  const depth = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isFinite(depth) ? depth : null
}

/** Texts and pictures that the chart has about a thing, as files of its cell. */
export function filesOf({ features }: Thing): { cell: string; file: string; kind: 'text' | 'picture' }[] {
  const files = features.flatMap(({ parentCellName: cell, rawAttributes }) =>
    (['txtdsc', 'ntxtds', 'picrep'] as const).flatMap((key) => {
      const file = rawAttributes[key]
      if (typeof file !== 'string' || file.trim() === '') return []
      return [{ cell, file: file.trim(), kind: key === 'picrep' ? ('picture' as const) : ('text' as const) }]
    }),
  )
  return files.filter((each, i) => files.findIndex((other) => other.cell === each.cell && other.file === each.file) === i)
}

/** The geometry of all objects of a thing, for the mark on the map. */
export function geometryOf({ features }: Thing): GeometryCollection {
  return { type: 'GeometryCollection', geometries: features.map(({ geometry }) => geometry) }
}

/** Where a thing lies, if it is at one position: latitude, longitude. */
export function placeOf({ features }: Thing): [number, number] | null {
  return features.find(({ position }) => position !== null)?.position ?? null
}
