import type { GridLine, GridPoint } from '#geo/overlay/grid.ts'

/** The point half way along a line. */
export function middleOfLine(line: GridLine): GridPoint {
  const lengths = line.slice(1).map((point, i) => Math.hypot(point.x - (line[i]?.x ?? 0), point.y - (line[i]?.y ?? 0)))
  let rest = lengths.reduce((sum, length) => sum + length, 0) / 2
  for (const [i, length] of lengths.entries()) {
    const [from, to] = [line[i], line[i + 1]]
    if (from === undefined || to === undefined) break
    if (rest <= length && length > 0) {
      const share = rest / length
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
    }
    rest -= length
  }
  return line[0] ?? { x: 0, y: 0 }
}
