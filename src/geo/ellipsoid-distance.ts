// WGS 84.
const A = 6_378_137
const E2 = 0.006_694_379_990_14

/** Returns the metres per degree of latitude (`north`) and longitude (`east`) on WGS 84 at a latitude in degrees. */
export function metresPerDegree(latitude: number): { north: number; east: number } {
  const phi = (latitude * Math.PI) / 180
  const w2 = 1 - E2 * Math.sin(phi) ** 2
  const meridian = (A * (1 - E2)) / (w2 * Math.sqrt(w2))
  const normal = A / Math.sqrt(w2)
  return { north: (meridian * Math.PI) / 180, east: (normal * Math.cos(phi) * Math.PI) / 180 }
}

/**
 * Returns the metres between two positions, [longitude, latitude] in degrees, on WGS 84. It uses the radii of curvature at their middle
 * latitude: within a millionth of the geodesic up to 50 km, away from the poles.
 */
export function ellipsoidDistance(a: readonly [number, number], b: readonly [number, number]): number {
  const { north, east } = metresPerDegree((a[1] + b[1]) / 2)
  let longitudes = Math.abs(a[0] - b[0]) % 360
  if (longitudes > 180) longitudes = 360 - longitudes
  return Math.hypot((a[1] - b[1]) * north, longitudes * east)
}
