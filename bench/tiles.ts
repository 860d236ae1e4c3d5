// `npm run bench -- tiles [--only draw,threads,gdal,serve] [--steps 2000] [--memory MEGABYTES] [--machine MEGABYTES]`: vector tiles of
// a seeded walk over positions of features and zooms 0 to 16, on the small NOAA mirror if present, otherwise on the invented coast.
// `--machine 2048` makes the server detect 2 GB of memory. Takes three to five minutes.
import { parseArgs } from 'node:util'
import { noCharts } from '../test/s57/chart-files.ts'
import { benchDrawing } from './tiles/bench-drawing.ts'
import { benchGdal } from './tiles/bench-gdal.ts'
import { benchServing } from './tiles/bench-serving.ts'
import { benchThreads } from './tiles/bench-threads.ts'
import { makeWalk } from './tiles/walk.ts'

export async function run(rest: string[]): Promise<void> {
  const { values } = parseArgs({
    args: rest,
    options: {
      only: { type: 'string', default: 'draw,threads,gdal,serve' },
      steps: { type: 'string', default: '2000' },
      memory: { type: 'string' },
      machine: { type: 'string' },
    },
  })
  const parts = values.only.split(',')
  const walk = await makeWalk(Number(values.steps))
  const kind = noCharts === false ? 'NOAA cells' : 'invented cells'
  console.log(`${walk.cells.length} ${kind}, a walk of ${walk.steps.length} tiles`)
  if (parts.includes('draw')) await benchDrawing(walk)
  if (parts.includes('threads')) await benchThreads(walk, values.memory === undefined ? undefined : Number(values.memory))
  if (parts.includes('gdal')) await benchGdal()
  if (parts.includes('serve')) await benchServing(walk, values.machine === undefined ? undefined : Number(values.machine))
}
