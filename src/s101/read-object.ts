import type { AttributeField, TextDecoderOfValues } from './attribute-field.ts'
import type { AttributeNode } from './attribute-node.ts'
import { attributeTree } from './attribute-tree.ts'
import type { Dataset, FeatureObject } from './dataset.ts'
import { type Primitive, primitiveOf } from './feature-geometry.ts'
import { attributeJson } from './original.ts'
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
    const linked = information.flatMap(({ id }) => {
      const found = this.#source.information.information(id)
      return found === undefined ? [] : [{ featureType: found.type, attributes: attributeJson(found.attributes) }]
    })
    const own = { featureType: type, attributes: attributeJson(attributes) }
    return JSON.stringify(linked.length > 0 ? { ...own, information: linked } : own)
  }
}
