import type { AttributeField, TextDecoderOfValues } from './attribute-field.ts'
import type { AttributeNode } from './attribute-node.ts'
import { attributeTree } from './attribute-tree.ts'
import type { Dataset, FeatureObject, InformationObject } from './dataset.ts'
import { type Primitive, primitiveOf } from './feature-geometry.ts'
import { type AttributeJson, attributeJson } from './original.ts'
import type { FeatureLink, FeatureRecord, InformationLink } from './records.ts'

const none: readonly never[] = []

/** What all features of one pass share. */
export interface ObjectSource {
  texts: TextDecoderOfValues
  warn(message: string): void
  information: Pick<Dataset, 'information'>
}

/** A feature whose attributes are decoded when they are asked for: most passes need only its associations. */
export class ReadObject implements FeatureObject {
  readonly #record: FeatureRecord
  readonly #source: ObjectSource
  #attributes: readonly AttributeNode[] | null = null

  constructor(record: FeatureRecord, source: ObjectSource) {
    this.#record = record
    this.#source = source
  }

  get id(): number {
    return this.#record.id
  }
  get type(): string {
    return this.#record.type
  }
  get agency(): number {
    return this.#record.agency
  }
  get featureId(): number {
    return this.#record.featureId
  }
  get featureSubdivision(): number {
    return this.#record.featureSubdivision
  }
  get primitive(): Primitive {
    return primitiveOf(this.#record)
  }
  get information(): readonly InformationLink[] {
    return this.#record.information ?? none
  }
  get associations(): readonly FeatureLink[] {
    return this.#record.associations ?? none
  }
  get orderedField(): AttributeField | null {
    const { edited, field, moreFields } = this.#record
    return field !== null && edited === null && moreFields === null && field.isOrdered ? field : null
  }
  get texts(): TextDecoderOfValues {
    return this.#source.texts
  }
  get attributes(): readonly AttributeNode[] {
    this.#attributes ??= attributeTree(this.#record, this.#source.texts, this.#source.warn)
    return this.#attributes
  }

  toJson(): string {
    const { type, attributes, information } = this
    return JSON.stringify(objectJson({ type, attributes, information }, this.#source.information, 0))
  }
}

/** Contacts have hours of service, which have exceptions; the limit breaks cycles. */
export const DEEPEST_INFORMATION = 3

interface ObjectJson {
  featureType: string
  attributes: AttributeJson
  information?: ObjectJson[]
}

/** A feature or information type with the information types tied to it, and those tied to them. */
function objectJson(
  { type, attributes, information }: Pick<InformationObject, 'type' | 'attributes' | 'information'>,
  source: Pick<Dataset, 'information'>,
  depth: number,
): ObjectJson {
  const own: ObjectJson = { featureType: type, attributes: attributeJson(attributes) }
  if (depth === DEEPEST_INFORMATION) return own
  const linked = information.flatMap(({ id }) => {
    const found = source.information(id)
    return found === undefined ? [] : [objectJson(found, source, depth + 1)]
  })
  return linked.length > 0 ? { ...own, information: linked } : own
}
