import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { duration, spreadOf } from '../figure.ts'
import { writeMirrorDay } from '../generate/write-mirror-day.ts'
import { cachedPaths, pollTiles } from '../measure/poll-cached.ts'
import { pause } from '../measure/process-memory.ts'
import { FILLED, type ScaleBench } from '../measure/scale-bench.ts'
import type { Row } from './row.ts'

const CLIENTS = 5
const IDLE = 5_000

/** Fifty cells change while five clients poll cached tiles. Each time this runs on a kept folder it takes the next day. */
export const changedCells: Row = {
  name: 'change',
  async measure(bench) {
    const day = (await heldDay(bench)) + 1
    const folder = path.join(bench.folder, 'mirror', `day${day}`)
    if (!existsSync(path.join(folder, 'ENCProdCat.xml'))) await writeMirrorDay(folder, bench.mirror, day)
    await bench.server()
    const paths = await cachedPaths(bench, 6, 400)
    const idlePoll = pollTiles(bench, paths, CLIENTS)
    await pause(IDLE)
    const idle = await idlePoll.stop()
    await bench.showDay(day)
    const polling = pollTiles(bench, paths, CLIENTS)
    const begun = performance.now()
    const result = await bench.runJob('refresh-public-charts')
    const took = performance.now() - begun
    // What changed last is drawn again just after the end.
    await pause(2_000)
    const { times, failures } = await polling.stop()
    await noteDay(bench, day)
    return [
      { what: 'cached tiles, five clients, idle', measured: spreadOf(idle.times), aim: '' },
      {
        what: `cached tiles, five clients, while ${result['indexed']} cells change (${duration(took)})`,
        measured: `${spreadOf(times)}${failures === 0 ? '' : `, ${failures} not 200`}`,
        aim: 'p50 under 3 ms',
      },
    ]
  },
}

/** Notes the day of the mirror that the data folder holds from now on. */
export async function noteDay(bench: ScaleBench, day: number): Promise<void> {
  await writeFile(dayFile(bench), String(day))
}

const dayFile = (bench: ScaleBench) => path.join(bench.dataDir, FILLED)

/** The day of the mirror that the data folder holds. */
export async function heldDay(bench: ScaleBench): Promise<number> {
  return Number(await readFile(dayFile(bench), 'utf8'))
}
