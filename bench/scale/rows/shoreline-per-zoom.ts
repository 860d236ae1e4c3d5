import { duration, type Figure, failuresOf } from '../figure.ts'
import { coveredSpots, shorelinePath, tilesOfZoom } from '../measure/seeded-tiles.ts'
import type { Row } from './row.ts'

const PER_ZOOM = 3

/** Shoreline tiles of zooms 0 to 8 on covered ground, nothing cached. */
export const shorelinePerZoom: Row = {
  name: 'shoreline',
  async measure(bench) {
    const spot = coveredSpots(bench.mirror, 500)
    await bench.server()
    await bench.restart({ clearTiles: true })
    // Starts the threads that draw; the tiles below are others.
    for (const tile of tilesOfZoom(14, 2, spot)) await bench.ask(shorelinePath(tile))
    const figures: Figure[] = []
    for (let z = 0; z <= 8; z++) {
      const answers = []
      for (const tile of tilesOfZoom(z, PER_ZOOM, spot)) answers.push(await bench.ask(shorelinePath(tile)))
      const slowest = duration(Math.max(...answers.map(({ milliseconds }) => milliseconds)))
      figures.push({
        what: `shoreline, zoom ${z}, slowest of ${answers.length}`,
        measured: slowest + failuresOf(answers),
        aim: 'under 1 s',
      })
    }
    return figures
  },
}
