// `npm run bench -- png [--only paint,serve,cached] [--zooms 10,12,14,16] [--metatiles 40] [--machine MEGABYTES]`: raster tiles around seeded positions of features, on the
// small NOAA mirror if present, otherwise on the invented coast. `paint`: on one thread, beside the vector tiles of the same ground. `serve`: a
// real server with one and with two drawing threads and eight clients. `cached`: its cached tiles beside a bare Fastify route with the same bytes. `--machine 2048`:
// that server is sized for 2 GB.
import { parseArgs } from 'node:util'
import { benchPainting } from './png/bench-painting.ts'
import { benchServing } from './png/bench-serving.ts'
import { makeWalk } from './tiles/walk.ts'

export async function run(rest: string[]): Promise<void> {
  const { values } = parseArgs({
    args: rest,
    options: {
      only: { type: 'string', default: 'paint,serve,cached' },
      zooms: { type: 'string', default: '10,12,14,16' },
      metatiles: { type: 'string', default: '40' },
      machine: { type: 'string' },
    },
  })
  const parts = values.only.split(',')
  const metatiles = Number(values.metatiles)
  const walk = await makeWalk(metatiles * 40)
  if (parts.includes('paint')) await benchPainting(walk, values.zooms.split(',').map(Number), metatiles)
  const [isPanned, isCached] = [parts.includes('serve'), parts.includes('cached')]
  if (isPanned || isCached) await benchServing(walk, { most: metatiles, isPanned, isCached, machine: values.machine })
}
