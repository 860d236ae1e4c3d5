import { packCoverage } from '#charts/cells/packed-coverage.ts'
import type { ChartCell } from '#tiles/view/chart-snapshot.ts'
import { toOutline } from '#tiles/view/outline.ts'
import { type Box, boxRing } from './cells.ts'

/** A cell as the tiles know it, in a box in degrees. */
export function chartCell(name: string, compiledKey: string, box: Box, more: Partial<ChartCell> = {}): ChartCell {
  return {
    name,
    edition: 1,
    update: 0,
    issueDate: '2026-01-01',
    updateDate: null,
    scale: 12_000,
    usageBand: 5,
    latitude: (box[1] + box[3]) / 2,
    accountId: null,
    source: 'noaa',
    title: null,
    box,
    outline: toOutline(packCoverage([[boxRing(box).map(([x, y]) => [x!, y!])]])),
    compiledKey,
    twin: null,
    indexedAt: 0,
    overlay: false,
    ...more,
  }
}
