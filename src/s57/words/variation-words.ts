/** Writes a magnetic variation in degrees, east positive, as navigators do: `6°15'W`. */
export function variationWords(degrees: number): string {
  const minutes = Math.round(Math.abs(degrees) * 60)
  const side = minutes === 0 ? '' : degrees < 0 ? 'W' : 'E'
  return `${Math.floor(minutes / 60)}°${String(minutes % 60).padStart(2, '0')}'${side}`
}
