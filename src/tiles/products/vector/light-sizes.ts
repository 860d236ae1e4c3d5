// The figures of lights have a size on the screen, not on the ground (S-52 presentation library, LIGHTS06).

/** 0.28 mm per pixel, 8 units per pixel of a 512 pixel tile. */
const UNITS_PER_MILLIMETRE = 8 / 0.28

/** Of an arc of a sector, in units. */
const ARC_RADIUS = 20 * UNITS_PER_MILLIMETRE

/** Of the circle of a far-reaching light, in units. */
export const CIRCLE_RADIUS = 26 * UNITS_PER_MILLIMETRE

/** Of a leg, in units. */
export const LEG_LENGTH = 25 * UNITS_PER_MILLIMETRE

/** Of an arc that lies over another one at the same position (LIGHTS06), in units. */
const OUTER_ARC_RADIUS = 25 * UNITS_PER_MILLIMETRE

/** S-52 has two radii. Where more arcs lie over each other, each is drawn this many units further out, so that none hides another. */
const RING_STEP = 1.5 * UNITS_PER_MILLIMETRE

/** An arc is moved out by at most this many rings. */
const MAXIMUM_RING = 3

/** Radius of an arc in units. @param ring how many arcs at the same position it lies over. */
export function arcRadius(ring: number): number {
  return ring === 0 ? ARC_RADIUS : OUTER_ARC_RADIUS + (Math.min(MAXIMUM_RING, ring) - 1) * RING_STEP
}

/** How far from its light a figure extends, in units. */
export const LIGHT_REACH = Math.ceil(Math.max(LEG_LENGTH, CIRCLE_RADIUS, arcRadius(MAXIMUM_RING)))
