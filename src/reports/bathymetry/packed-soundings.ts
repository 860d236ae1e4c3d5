/** One depth below a position. */
export interface Sounding {
  latitude: number
  longitude: number
  /** Metres. */
  depth: number
  /** Milliseconds since the Unix epoch. */
  time: number
}

/** Numbers of a sounding: latitude, longitude, depth, time. */
export const FIELDS = 4
/** Bytes of a packed sounding: little-endian doubles. */
export const SOUNDING_BYTES = FIELDS * Float64Array.BYTES_PER_ELEMENT

/** Packed soundings as they are stored and as threads pass them on. */
export function unpackSoundings(bytes: Uint8Array): Sounding[] {
  const numbers = numbersOf(bytes)
  return Array.from({ length: numbers.length / FIELDS }, (_, i) => {
    const [latitude = 0, longitude = 0, depth = 0, time = 0] = numbers.subarray(i * FIELDS, (i + 1) * FIELDS)
    return { latitude, longitude, depth, time }
  })
}

/** Packed soundings as numbers. Copies: the bytes of a database row need not be aligned. */
export function numbersOf(bytes: Uint8Array): Float64Array<ArrayBuffer> {
  return new Float64Array(new Uint8Array(bytes).buffer)
}
