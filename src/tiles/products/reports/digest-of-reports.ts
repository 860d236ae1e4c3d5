import { createHash } from 'node:crypto'
import type { TilePiece } from '#reports/bathymetry/tile-soundings.ts'
import type { TileReport } from '#reports/points/tile-reports.ts'

/**
 * The digest of a tile of reports: 32 hexadecimal digits of SHA-256.
 *
 * @param name product, version and tile.
 */
export function digestOfReports(
  name: string,
  { reports, pieces }: { reports: readonly TileReport[]; pieces: readonly TilePiece[] },
): string {
  const hash = createHash('sha256').update(name).update(JSON.stringify(reports))
  for (const { soundings, ...piece } of pieces) hash.update(JSON.stringify(piece)).update(soundings)
  return hash.digest().toString('hex', 0, 16)
}
