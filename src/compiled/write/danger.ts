import { DANGER, NO_DEPTH } from '../format/compiled-cell.ts'
import { millimetresOf } from './attribute-numbers.ts'

/** The object classes that are dangers. */
export const DANGER_CLASSES: ReadonlySet<string> = new Set(['OBSTRN', 'WRECKS', 'UWTROC'])

export interface Danger {
  /** A value of `DANGER`. */
  dangerClass: number
  /** Millimetres. */
  depth: number
}

/** The depth that S-52 assumes for a danger above water, in millimetres. */
const ABOVE_WATER = -15_000
/** For a wreck that is not dangerous: this depth, or the seabed less this clearance if that is deeper. */
const HARMLESS_WRECK = 20_100
const CLEARANCE_OF_HARMLESS_WRECK = 66_000

/**
 * Returns the depth over a wreck, rock or obstruction: the charted one, or the one that S-52 assumes (OBSTRN07, WRECKS05, DEPVAL02).
 *
 * @param shallowest the least DRVAL1 of the depth areas it touches, in millimetres; NO_DEPTH for none.
 */
export function dangerOf(acronym: string, attributes: ReadonlyMap<string, string>, shallowest: number): Danger {
  const charted = millimetresOf(attributes, 'VALSOU')
  if (charted !== null) return { dangerClass: DANGER.sounded, depth: charted }
  const waterLevel = attributes.get('WATLEV')
  if (waterLevel === '1' || waterLevel === '2') return { dangerClass: DANGER.dry, depth: ABOVE_WATER }
  return { dangerClass: DANGER.assumed, depth: assumedDepth(acronym, attributes, waterLevel, shallowest) }
}

function assumedDepth(
  acronym: string,
  attributes: ReadonlyMap<string, string>,
  waterLevel: string | undefined,
  shallowest: number,
): number {
  // EXPSOU 1: within the depth range of its surroundings; 3: deeper than them.
  const exposed = attributes.get('EXPSOU')
  if (waterLevel === '3' && (exposed === '1' || exposed === '3') && shallowest !== NO_DEPTH) return shallowest
  if (acronym === 'WRECKS') {
    if (attributes.get('CATWRK') === '1') return Math.max(HARMLESS_WRECK, shallowest - CLEARANCE_OF_HARMLESS_WRECK)
    return waterLevel === '3' || waterLevel === '5' ? 0 : ABOVE_WATER
  }
  if (attributes.get('CATOBS') === '6' || waterLevel === '3') return 10
  return waterLevel === '5' ? 0 : ABOVE_WATER
}
