import type { OriginalFeature } from '#s57/cell.ts'
import type { PackedGeometry } from '#s57/packed-geometry.ts'
import type { AttributeField, TextDecoderOfValues } from './attribute-field.ts'
import type { AttributeNode } from './attribute-node.ts'
import type { DatasetIdentification } from './dataset-header.ts'
import type { Primitive } from './feature-geometry.ts'
import type { FeatureLink, InformationLink } from './records.ts'

/** What a dataset is called after the last of its updates. */
export interface DatasetHeader extends Omit<DatasetIdentification, 'exchangePurpose'> {
  /** True when an update cancelled it. */
  cancelled: boolean
}

/** A dataset with its updates applied, in the terms of S-101. */
export interface Dataset {
  readonly header: DatasetHeader
  /** Size of its files. */
  readonly bytes: number
  /** Faults that did not stop the reading. Those of a feature appear once `features()` has read it. */
  readonly warnings: string[]
  /** Adds a warning of a later stage. */
  warn(message: string): void
  /** The features without their geometry, in the order of the file: all, those of a type, or those with associations. */
  objects(of?: { type?: string; associated?: boolean }): Iterable<FeatureObject>
  object(id: number): FeatureObject | undefined
  information(id: number): InformationObject | undefined
  /**
   * The features with their geometry, assembled one at a time; callable again. Throws S101Error only when a file names the same
   * curves so often that assembling them would cost far more than the file's size allows.
   */
  features(): Iterable<Feature101>
}

/** An information type, such as a text or the quality of positions. */
export interface InformationObject {
  id: number
  type: string
  attributes: readonly AttributeNode[]
  information: readonly InformationLink[]
}

/** A feature without its geometry. */
export interface FeatureObject extends OriginalFeature {
  /** RCID, unique within the dataset. */
  id: number
  /** Name in the feature catalogue, `DepthArea`. */
  type: string
  agency: number
  featureId: number
  featureSubdivision: number
  primitive: Primitive
  attributes: readonly AttributeNode[]
  /** The same in the bytes of the file, to be read without a tree; null when it is spread over several fields, not in order, or edited. */
  orderedField: AttributeField | null
  /** Decodes the values in them. */
  texts: TextDecoderOfValues
  information: readonly InformationLink[]
  associations: readonly FeatureLink[]
}

/** A feature with its geometry. */
export interface Feature101 {
  object: FeatureObject
  geometry: PackedGeometry | null
  /** Whether a point lies at a position of low accuracy. */
  isInaccuratePoint: boolean
}
