import { type AttributeNode, childOf, valueNamed } from '../attribute-node.ts'
import { addMeasuredDistance, addSpeedLimit, addTidalPanel, noteValue, noteWhenTrue } from './notes.ts'
import type { S57Attributes } from './s57-attributes.ts'
import { addRadarWaveLength, addSeabed, addSignalGroup, addSignalSequence } from './sequences.ts'
import type { RepeatedAttribute, SpecialAttribute } from './special-attribute.ts'
import { addNames, addTexts } from './texts.ts'
import { isTrue } from './values.ts'

const nothing: SpecialAttribute = () => {}

/** Classes whose vertical uncertainty is that of a depth. */
const DEPTHS = new Set(['SOUNDG', 'WRECKS', 'OBSTRN', 'UWTROC', 'DEPARE', 'DRGARE', 'SWPARE', 'BERTHS', 'GATCON', 'M_QUAL'])

const addVerticalUncertainty: SpecialAttribute = (node, _, acronym, result) => {
  const fixed = childOf(node.children, 'uncertaintyFixed')
  if (fixed !== undefined) result.add(DEPTHS.has(acronym) ? 'SOUACC' : 'VERACC', fixed.value)
}

const addMultiplicity: SpecialAttribute = (node, _, acronym, result) => {
  const count = valueNamed(node.children, 'numberOfFeatures')
  if (count === '') return
  if (acronym === 'LIGHTS') result.add('MLTYLT', count)
  else result.note(`Number of features: ${count}`)
}

/** The quality that is in force: the first without dates, else the first. */
const addZoneOfConfidence = (nodes: readonly AttributeNode[], result: S57Attributes): void => {
  const zone = nodes.find(({ children }) => childOf(children, 'fixedDateRange') === undefined) ?? nodes[0]!
  const { children } = zone
  const category = childOf(children, 'categoryOfZoneOfConfidenceInData')
  if (category !== undefined) result.add('CATZOC', category.value)
  for (const [name, acronym] of [
    ['horizontalPositionUncertainty', 'POSACC'],
    ['verticalUncertainty', 'SOUACC'],
  ] as const) {
    const fixed = childOf(childOf(children, name)?.children ?? [], 'uncertaintyFixed')
    if (fixed !== undefined) result.add(acronym, fixed.value)
  }
}

const addDirection: SpecialAttribute = (node, _, __, result) => {
  result.add('CATLIT', '1')
  if (isTrue(valueNamed(node.children, 'moireEffect'))) result.add('CATLIT', '16')
  const orientation = childOf(childOf(node.children, 'orientation')?.children ?? [], 'orientationValue')
  if (orientation !== undefined) result.add('ORIENT', orientation.value)
}

const addUnlimitedClearance: SpecialAttribute = (node, _, __, result) => {
  const clearance = childOf(node.children, 'verticalClearanceValue')
  const unlimited = isTrue(valueNamed(node.children, 'verticalClearanceUnlimited'))
  if (unlimited) result.note('Vertical clearance open: unlimited')
  else if (clearance !== undefined) result.add('VERCOP', clearance.value)
  const fixed = childOf(childOf(node.children, 'verticalUncertainty')?.children ?? [], 'uncertaintyFixed')
  if (fixed !== undefined) result.add('VERACC', fixed.value)
}

const addNationality: SpecialAttribute = (node, _, __, result) => result.add('NATION', node.value)

const addChannels = (nodes: readonly AttributeNode[], result: S57Attributes): void =>
  result.add('COMCHA', nodes.map(({ value }) => value).join(';'))

const addQualityOfPosition: SpecialAttribute = (node, _, acronym, result) => {
  if (acronym === 'M_SREL') result.add('QUAPOS', node.value)
}

/** What the type of a virtual aid to navigation is called. */
const VIRTUAL_TYPES = [
  'North Cardinal',
  'East Cardinal',
  'South Cardinal',
  'West Cardinal',
  'Port Lateral',
  'Starboard Lateral',
  'Preferred Channel to Port',
  'Preferred Channel to Starboard',
  'Isolated Danger',
  'Safe Water',
  'Special Purpose',
  'Emergency Wreck Marking',
]

const addVirtualType: SpecialAttribute = (node, _, __, result) => {
  const type = VIRTUAL_TYPES[Number(node.value) - 1]
  result.set('CLSNAM', type === undefined ? 'Virtual AtoN' : `Virtual AtoN, ${type}`)
}

/** By path; objects of their own (topmarks, sectors) add nothing to their feature. */
export const SPECIAL_ATTRIBUTES: ReadonlyMap<string, SpecialAttribute> = new Map<string, SpecialAttribute>([
  ['topmark', nothing],
  ['sectorCharacteristics', nothing],
  ['sectorCharacteristics.lightSector', nothing],
  ['tidalStreamPanelValues', addTidalPanel],
  ['sectorCharacteristics.lightSector.directionalCharacter', addDirection],
  ['verticalUncertainty', addVerticalUncertainty],
  ['verticalClearanceOpen', addUnlimitedClearance],
  ['multiplicityOfFeatures', addMultiplicity],
  ['nationality', addNationality],
  ['qualityOfHorizontalMeasurement', addQualityOfPosition],
  ['virtualAISAidToNavigationType', addVirtualType],
  ['measuredDistanceValue', addMeasuredDistance],
  ['vesselSpeedLimit', addSpeedLimit],
  ['flareStack', noteWhenTrue('Flare stack')],
  ['inDispute', noteWhenTrue('In dispute')],
  ['isMRCC', noteWhenTrue('Maritime rescue coordination centre')],
  ['visitorsMooring', noteWhenTrue('Visitors mooring')],
  ['maximumPermittedDraught', noteValue('Maximum permitted draught', 'm')],
  ['maximumPermittedVesselLength', noteValue('Maximum permitted length of vessels', 'm')],
  ['mMSICode', noteValue('MMSI', '')],
  ['regulationCitation', noteValue('Regulation', '')],
  ['destination', noteValue('Destination', '')],
])

/** By path: attributes whose repeats become one value. */
export const REPEATED_ATTRIBUTES: ReadonlyMap<string, RepeatedAttribute> = new Map<string, RepeatedAttribute>([
  ['featureName', addNames],
  ['information', addTexts],
  ['zoneOfConfidence', addZoneOfConfidence],
  ['surfaceCharacteristics', addSeabed],
  ['radarWaveLength', addRadarWaveLength],
  ['communicationChannel', addChannels],
  ...['', 'rhythmOfLight.', 'sectorCharacteristics.'].flatMap((prefix): [string, RepeatedAttribute][] => [
    [`${prefix}signalGroup`, addSignalGroup],
    [`${prefix}signalSequence`, addSignalSequence],
  ]),
])
