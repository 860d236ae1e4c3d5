import type { AttributeField, TextDecoderOfValues } from './attribute-field.ts'
import type { AttributeNode } from './attribute-node.ts'
import { attributeTree } from './attribute-tree.ts'
import type { FeatureObject } from './dataset.ts'
import { type Primitive, primitiveOf } from './feature-geometry.ts'
import type { FeatureLink, FeatureRecord, InformationLink } from './records.ts'

const none: readonly never[] = []

/** A feature whose attributes are decoded when they are asked for: most passes need only its associations. */
export class ReadObject implements FeatureObject {
  readonly #record: FeatureRecord
  readonly #texts: TextDecoderOfValues
  readonly #warn: (message: string) => void
  #attributes: readonly AttributeNode[] | null = null

  constructor(record: FeatureRecord, texts: TextDecoderOfValues, warn: (message: string) => void) {
    this.#record = record
    this.#texts = texts
    this.#warn = warn
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
  get simpleField(): AttributeField | null {
    const { edited, fields } = this.#record.attributes
    return edited === null && fields.length === 1 && fields[0]!.isFlat ? fields[0]! : null
  }
  get texts(): TextDecoderOfValues {
    return this.#texts
  }
  get attributes(): readonly AttributeNode[] {
    this.#attributes ??= attributeTree(this.#record.attributes, this.#texts, this.#warn)
    return this.#attributes
  }
}
