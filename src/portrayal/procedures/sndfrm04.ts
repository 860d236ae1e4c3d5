/** A sounding as it is drawn: whole metres, a lowered tenth or nothing, and whether it dries (underlined). */
export interface SoundingDigits {
  whole: string
  tenth: string
  drying: boolean
}

const TENTHS_BELOW = 310

/**
 * SNDFRM04: digits of a depth in metres, negative where it dries. Cut off towards the shallow side, never rounded deeper: so a drying
 * height goes up. Tenths are shown below 31 m, and left out when they are 0.
 */
export function soundingDigits(metres: number): SoundingDigits {
  const tenths = shoalTenths(metres)
  const size = Math.abs(tenths)
  if (size >= TENTHS_BELOW) return { whole: String(shoalWhole(tenths)), tenth: '', drying: tenths < 0 }
  return { whole: String(Math.floor(size / 10)), tenth: size % 10 === 0 ? '' : String(size % 10), drying: tenths < 0 }
}

/** Tenths of a metre, towards the shallow side. Counted from millimetres, so that 0.3 m is 3 and not 2. */
function shoalTenths(metres: number): number {
  return Math.floor(Math.round(metres * 1000) / 100)
}

function shoalWhole(tenths: number): number {
  return Math.abs(Math.floor(tenths / 10))
}
