// The figures of lights have a size on the screen, not on the ground (S-52 presentation library, LIGHTS06).

/** 0.28 mm per pixel, 8 units per pixel of a 512 pixel tile. */
const UNITS_PER_MILLIMETRE = 8 / 0.28

/** Of an arc of a sector, in units. */
export const ARC_RADIUS = 20 * UNITS_PER_MILLIMETRE

/** Of the circle of a far-reaching light, in units. */
export const CIRCLE_RADIUS = 26 * UNITS_PER_MILLIMETRE

/** Of a leg, in units. */
export const LEG_LENGTH = 25 * UNITS_PER_MILLIMETRE

/** An arc that lies over another one is drawn this many units further out. */
export const RING_STEP = 1.5 * UNITS_PER_MILLIMETRE

/** An arc is moved out by at most this many steps. */
export const MAXIMUM_RING = 3

/** How far from its light a figure extends, in units. */
export const LIGHT_REACH = Math.ceil(Math.max(LEG_LENGTH, CIRCLE_RADIUS, ARC_RADIUS + MAXIMUM_RING * RING_STEP))
