import type { Feature, FeatureReference } from '#s57/cell.ts'
import { attributeByAcronym } from '#s57/data/attributes.ts'
import { MalformedNumbers } from '#s57/malformed-numbers.ts'
import type { PackedGeometry } from '#s57/packed-geometry.ts'
import type { Dataset, Feature101, FeatureObject, InformationObject } from '../dataset.ts'
import type { Associations } from './associations.ts'
import { ATTRIBUTE_RULES, rulesIn } from './attribute-rules.ts'
import { applyClassRule, classOf, type FeatureClass, isDropped, TOPMAR } from './class-rules.ts'
import { convertAttributes } from './convert-attributes.ts'
import { convertField } from './convert-field.ts'
import type { InheritedAttributes } from './inherited-attributes.ts'
import { madeIdentity, sectorsOf, TOPMARK, topmarkOf } from './made-objects.ts'
import { S57Attributes } from './s57-attributes.ts'

/** What converting a feature needs besides the feature. */
export interface ConversionContext {
  dataset: Dataset
  associations: Associations
  inherited: InheritedAttributes
  /**
   * Charges the text of an information type that a feature takes in, for its attributes or for queries; throws when the total is too large.
   */
  foldText(object: FeatureObject, information: InformationObject): void
  malformed: MalformedNumbers
  file: string
  /** False when its faults have been reported before. */
  isFirst: boolean
}

const CHARACTERISTICS = rulesIn('sectorCharacteristics')
const SECTOR = rulesIn('sectorCharacteristics.lightSector')
const TOPMARK_PARTS = rulesIn('topmark')
const SLAVE = 2
const noReferences: readonly FeatureReference[] = []
/** Made objects have record numbers beyond the four bytes of RCID. */
const RECORDS = 2 ** 32

/** How many S-57 features a feature becomes. */
export function countOf(object: FeatureObject, { hasSpans }: Pick<Associations, 'hasSpans'>): number {
  if (isDropped(object.type) || (object.type === 'Bridge' && hasSpans(object.id))) return 0
  const sectors = sectorsOf(object).length
  return sectors > 0 ? sectors : topmarkOf(object) === undefined ? 1 : 2
}

/**
 * Adds to `made` the S-57 features that a feature becomes: none when it is not for the map, one for each sector of a light, and topmarks
 * beside their marks.
 */
export function convertFeature(feature: Feature101, context: ConversionContext, made: Feature[]): void {
  const { object } = feature
  if (isDropped(object.type) || (object.type === 'Bridge' && context.associations.hasSpans(object.id))) return
  const featureClass = classOf(object)
  const { acronym } = featureClass
  const references = referencesOf(object, context)
  const sectors = sectorsOf(object)
  if (sectors.length > 0) {
    for (const [i, { characteristics, sector }] of sectors.entries()) {
      const result = attributesOf(object, acronym, context)
      convertAttributes(characteristics.children, CHARACTERISTICS, acronym, result)
      convertAttributes(sector.children, SECTOR, acronym, result)
      made.push(make(feature, i, featureClass, result, references, context))
    }
    return
  }
  const attributes = attributesOf(object, acronym, context)
  const topmark = attributes.hasNoTopmark ? undefined : topmarkOf(object)
  if (topmark === undefined) {
    made.push(make(feature, 0, featureClass, attributes, references, context))
    return
  }
  const own = { ...madeIdentity(object, TOPMARK), relation: SLAVE, comment: '' }
  const result = new S57Attributes()
  convertAttributes(topmark.children, TOPMARK_PARTS, TOPMAR.acronym, result)
  const scale = attributes.own.get('SCAMIN')
  if (scale !== undefined) result.add('SCAMIN', scale)
  made.push(
    make(feature, 0, featureClass, attributes, [...references, own], context),
    make(feature, TOPMARK, TOPMAR, result, noReferences, context),
  )
}

/** @param number 0 for the feature itself, or that of an object made from it. */
function make(
  { object, geometry, isInaccuratePoint }: Feature101,
  number: number,
  { acronym, code }: FeatureClass,
  result: S57Attributes,
  references: readonly FeatureReference[],
  context: ConversionContext,
): Feature {
  markMalformed(result, object, context)
  const { agency, featureId } = object
  return {
    recordId: object.id + number * RECORDS,
    agency,
    featureId,
    featureSubdivision: number === 0 ? object.featureSubdivision : madeIdentity(object, number).featureSubdivision,
    objectClass: code,
    acronym,
    primitive: object.primitive,
    attributes: result.own,
    nationalAttributes: result.national,
    geometry: shownGeometry(acronym, geometry),
    isInaccuratePoint,
    references,
    original: object,
  }
}

/** Collections have no geometry in S-57. */
function shownGeometry(acronym: string, geometry: PackedGeometry | null): PackedGeometry | null {
  return acronym === 'C_AGGR' || acronym === 'C_ASSO' ? null : geometry
}

/** Information types that add to the attributes of their feature; the others belong to queries. */
const FOLDED = new Set(['NauticalInformation', 'ContactDetails'])

function attributesOf(object: FeatureObject, acronym: string, context: ConversionContext): S57Attributes {
  const { dataset, inherited, foldText } = context
  let result = new S57Attributes()
  const { orderedField } = object
  result.hasNoTopmark = orderedField !== null && convertField(orderedField, object.texts, result)
  if (!result.hasNoTopmark) {
    result = new S57Attributes()
    convertAttributes(object.attributes, ATTRIBUTE_RULES, acronym, result)
  }
  for (const { id } of object.information) {
    const information = dataset.information(id)
    if (information === undefined) continue
    foldText(object, information)
    if (FOLDED.has(information.type)) convertAttributes(information.attributes, ATTRIBUTE_RULES, acronym, result)
  }
  inherited.addTo(object, acronym, result)
  applyClassRule(object, result)
  return result
}

/** The features that the master points to; a sectored light stands for all of its sectors. */
function referencesOf(
  { id }: FeatureObject,
  { dataset, associations, inherited }: ConversionContext,
): readonly FeatureReference[] {
  const targets = associations.targetsOf(id)
  if (targets.length === 0) return noReferences
  let references: FeatureReference[] | null = null
  for (const { id: target, relation } of targets) {
    const object = dataset.object(target)
    if (object === undefined) continue
    const count = inherited.countOfLights(target, object)
    const { agency, featureId } = object
    for (let i = 0; i < count; i++) {
      const { featureSubdivision } = i === 0 ? object : madeIdentity(object, i)
      const reference = { agency, featureId, featureSubdivision, relation, comment: '' }
      // Most features have one; a list that starts empty would take room for 17.
      if (references === null) references = [reference]
      else references.push(reference)
    }
  }
  return references ?? noReferences
}

/** Numeric attributes that are not numbers become unknown, with a warning. */
function markMalformed(result: S57Attributes, object: FeatureObject, { malformed, file, isFirst }: ConversionContext): void {
  if (!result.hasMalformed) return
  const { own } = result
  for (const [acronym, value] of own) {
    const type = attributeByAcronym.get(acronym)
    if (type === undefined || !MalformedNumbers.isMalformed(type, value)) continue
    if (isFirst) malformed.note(type, value, `${file}, feature ${object.id} (${object.type})`)
    result.set(acronym, '')
  }
}
