import { type AttributeNode, childOf } from '../attribute-node.ts'
import type { FeatureObject } from '../dataset.ts'

/** A light of a sectored light: the sector, and the characteristics that it shares with others. */
export interface SectorPart {
  characteristics: AttributeNode
  sector: AttributeNode
}

/** The identity of a feature (FOID). */
export interface Identity {
  agency: number
  featureId: number
  featureSubdivision: number
}

/** No light has more: made identities have room for so many. */
const mostSectors = 64

/** FIDS of made objects start here and fill the rest of its two bytes: producers number the parts of an object from 1. */
const MADE = 0x8000

/**
 * The identity of an object made from a feature. Its number stays while the order of sectors stays; number 0 is the feature itself.
 */
export function madeIdentity({ agency, featureId, featureSubdivision }: Identity, number: number): Identity {
  const subdivision = number === 0 ? featureSubdivision : MADE | ((featureSubdivision * mostSectors + number) & 0x7fff)
  return { agency, featureId, featureSubdivision: subdivision }
}

/** The number of the topmark of a mark. */
export const TOPMARK = 1

/** The sectors of a sectored light in the order of the file; one light each. */
export function sectorsOf(object: FeatureObject): readonly SectorPart[] {
  if (object.type !== 'LightSectored') return none
  return object.attributes
    .filter(({ name }) => name === 'sectorCharacteristics')
    .flatMap((characteristics) =>
      characteristics.children.filter(({ name }) => name === 'lightSector').map((sector) => ({ characteristics, sector })),
    )
    .slice(0, mostSectors)
}

/** The topmark of a mark; undefined without one. Only point features have any. */
export function topmarkOf(object: FeatureObject): AttributeNode | undefined {
  return object.primitive === 'point' ? childOf(object.attributes, 'topmark') : undefined
}

const none: readonly SectorPart[] = []
