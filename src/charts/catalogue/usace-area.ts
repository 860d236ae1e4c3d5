import type { Box } from '#geo/box.ts'

/** The area of a cell in the catalogue of the US Army Corps of Engineers; null when it has none. */
export function areaOf(fields: ReadonlyMap<string, string>): Box | null {
  const side = (name: string, most: number) => {
    const text = fields.get(`area/${name}`) ?? ''
    const value = text === '' ? Number.NaN : Number(text)
    return Math.abs(value) <= most ? value : null
  }
  const [west, south, east, north] = [side('west', 180), side('south', 90), side('east', 180), side('north', 90)]
  if (west === null || south === null || east === null || north === null || south > north) return null
  return [west, south, east, north]
}
