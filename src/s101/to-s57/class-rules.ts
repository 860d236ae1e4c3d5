import { objectClassByAcronym } from '#s57/data/object-classes.ts'
import { childOf, valueNamed, valuesOf } from '../attribute-node.ts'
import { FEATURE_TYPES } from '../data/feature-types.ts'
import type { FeatureObject } from '../dataset.ts'
import { ownClassOf } from '../own-classes.ts'
import type { S57Attributes } from './s57-attributes.ts'
import { isTrue } from './values.ts'

/** Types that are not for the map: hints for cartography, the history of updates, and pages of test charts. */
const DROPPED = new Set(['TextPlacement', 'UpdateInformation', 'Chart1Feature'])

export const isDropped = (type: string): boolean => DROPPED.has(type)

/** A class of S-57, or one of S-101's own. */
export interface FeatureClass {
  /** `DEPARE`, or the name of a layer of S-101. */
  acronym: string
  /** OBJL. */
  code: number
}

/** `DepthDiscontinuity` is a line, and UNSARE, which the table names, only has areas. */
const OWN = new Set(['DepthDiscontinuity'])
/** A Map, like every table that is searched for values of a file: an object would find names such as `constructor`. */
const CONTROL_POINTS: ReadonlyMap<string, string> = new Map(Object.entries({ 22: '1', 23: '5' }))

const s57Class = (acronym: string): FeatureClass => ({ acronym, code: objectClassByAcronym.get(acronym)!.code })

/** By feature type. This is needed for every feature of a chart, so each type is looked up only once. */
const CLASSES: ReadonlyMap<string, FeatureClass> = new Map(
  [...FEATURE_TYPES].map(([type, acronym]) => [
    type,
    acronym !== '' && objectClassByAcronym.has(acronym) && !OWN.has(type) ? s57Class(acronym) : ownClassOf(type),
  ]),
)
const TSELNE = s57Class('TSELNE')
const TSEZNE = s57Class('TSEZNE')
const CTRPNT = s57Class('CTRPNT')
export const TOPMAR = s57Class('TOPMAR')

/** The class of a feature. */
export function classOf(object: FeatureObject): FeatureClass {
  // `attributes` is not destructured here, because reading it builds a tree.
  const { type } = object
  if (type === 'SeparationZoneOrLine') return object.primitive === 'line' ? TSELNE : TSEZNE
  if (type === 'Landmark' && CONTROL_POINTS.has(valueNamed(object.attributes, 'categoryOfLandmark'))) return CTRPNT
  return CLASSES.get(type) ?? ownClassOf(type)
}

type Rule = (object: FeatureObject, result: S57Attributes) => void
const preset =
  (acronym: string, value: string): Rule =>
  (_, result) =>
    result.add(acronym, value)

/** Values that the type of a feature stands for. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>(
  Object.entries({
    Bollard: preset('CATMOR', '3'),
    Dolphin: preset('CATMOR', '1'),
    MooringBuoy: preset('CATMOR', '7'),
    FoulGround: preset('CATOBS', '7'),
    Seagrass: preset('CATWED', '3'),
    WindTurbine: preset('CATLMK', '19'),
    DepthNoBottomFound: preset('QUASOU', '5'),
    EmergencyWreckMarkingBuoy: preset('CATSPM', '27'),
    BuoyEmergencyWreckMarking: preset('CATSPM', '27'),
    LightAirObstruction: preset('CATLIT', '6'),
    LightFogDetector: preset('CATLIT', '7'),
    VirtualAISAidToNavigation: preset('CLSNAM', 'Virtual AtoN'),
    DataCoverage: (_, result) => {
      result.clear()
      result.set('CATCOV', '1')
    },
    DiscolouredWater: (_, result) => {
      if (!result.own.has('INFORM')) result.note('Discoloured water')
    },
    Landmark({ attributes }, result) {
      const control = CONTROL_POINTS.get(valueNamed(attributes, 'categoryOfLandmark'))
      if (control === undefined) return
      result.delete('CATLMK')
      result.set('CATCTR', control)
    },
    Bridge: (object, result) => setBridge(result, categoryOfBridge(object)),
    SpanFixed: (_, result) => setBridge(result, '1'),
    SpanOpening: (_, result) => setBridge(result, result.own.get('CATBRG') ?? '2'),
  }),
)

/** Sets the attributes that follow from the type of the feature. */
export function applyClassRule(object: FeatureObject, result: S57Attributes): void {
  RULES.get(object.type)?.(object, result)
}

function setBridge(result: S57Attributes, category: string | null): void {
  if (category === null) result.delete('CATBRG')
  else result.set('CATBRG', category)
}

const CONSTRUCTIONS: ReadonlyMap<string, string> = new Map(Object.entries({ 2: '10', 3: '6', 4: '12', 5: '8' }))
const FUNCTIONS: ReadonlyMap<string, string> = new Map(Object.entries({ 3: '9', 4: '11' }))

/** CATBRG of a bridge, from the four attributes that took its place; null without any. */
export function categoryOfBridge({ attributes }: FeatureObject): string | null {
  // Editions before 1.2 have the list of S-57.
  if (childOf(attributes, 'categoryOfBridge') !== undefined) return valuesOf(attributes, 'categoryOfBridge').join(',')
  const opening = valueNamed(attributes, 'categoryOfOpeningBridge')
  if (['3', '4', '5', '7'].includes(opening)) return opening
  if (isTrue(valueNamed(attributes, 'openingBridge'))) return '2'
  const construction = CONSTRUCTIONS.get(valueNamed(attributes, 'bridgeConstruction'))
  return construction ?? FUNCTIONS.get(valueNamed(attributes, 'bridgeFunction')) ?? null
}
