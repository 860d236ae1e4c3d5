import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from '#lib/errors.ts'
import { type Figure, markdownTable } from './scale/figure.ts'
import { planMirror } from './scale/generate/plan-mirror.ts'
import { createScaleBench, type ScaleBench } from './scale/measure/scale-bench.ts'
import { prepareMirror } from './scale/prepare-mirror.ts'
import { changedCells } from './scale/rows/changed-cells.ts'
import { changedRows } from './scale/rows/changed-rows.ts'
import { deleteUpload } from './scale/rows/delete-upload.ts'
import { firstRefresh } from './scale/rows/first-refresh.ts'
import { cellList, encQuery } from './scale/rows/list-and-query.ts'
import { overviewAgrees } from './scale/rows/overview-agrees.ts'
import { panningClients } from './scale/rows/panning-clients.ts'
import { restartToReady } from './scale/rows/restart-to-ready.ts'
import type { Row } from './scale/rows/row.ts'
import { shorelinePerZoom } from './scale/rows/shoreline-per-zoom.ts'
import { tileDigests } from './scale/rows/tile-digests.ts'
import { tilesPerZoom } from './scale/rows/tiles-per-zoom.ts'
import { openWorld, worldAtOnce } from './scale/rows/world-at-once.ts'

/** In order of execution: rows that change the data come last. */
const ROWS: readonly Row[] = [
  firstRefresh,
  restartToReady,
  tilesPerZoom,
  worldAtOnce,
  openWorld,
  shorelinePerZoom,
  cellList,
  encQuery,
  panningClients,
  tileDigests,
  overviewAgrees,
  changedRows,
  changedCells,
  deleteUpload,
]
/** Below this number of cells a run is a trial, with about a tenth of the repetitions. */
const TRIAL = 1_000

/**
 * Measures the real server with as many cells as NOAA: invented cells in the same proportions (`--cells N`, 6,945; `--seed N`, 1).
 * Their mirror and data are kept in `--keep FOLDER` for later runs, or otherwise deleted. `--only refresh,tiles` selects rows; `--only
 * mirror` only writes the mirror. The row `bytes` writes to `--digests FILE` and compares with `--compare FILE`. Linux only: memory is
 * read from `/proc`.
 */
export async function run(rest: string[]): Promise<void> {
  const { values } = parseArgs({
    args: rest,
    options: {
      cells: { type: 'string', default: '6945' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      keep: { type: 'string' },
      digests: { type: 'string' },
      compare: { type: 'string' },
    },
  })
  const names = ['mirror', ...ROWS.map(({ name }) => name)]
  const only = values.only?.split(',') ?? names
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`unknown rows: ${unknown.join(', ')}; expected ${names.join(', ')}`)
  const mirror = planMirror(Number(values.cells), Number(values.seed))
  const folder = path.resolve(values.keep ?? (await mkdtemp(path.join(os.tmpdir(), 'chartroom-bench-scale-'))))
  await mkdir(folder, { recursive: true })
  console.log(`${mirror.cells.length} cells, seed ${mirror.seed}, in ${folder}`)
  const figures: Figure[] = []
  const note = (more: readonly Figure[]) => {
    for (const { what, measured, aim } of more) console.log(`  ${what}: ${measured}${aim === '' ? '' : ` (aim: ${aim})`}`)
    figures.push(...more)
  }
  const bench = await createScaleBench({
    mirror,
    folder,
    small: mirror.cells.length < TRIAL,
    digests: path.resolve(values.digests ?? path.join(values.keep ?? os.tmpdir(), 'scale-tile-digests.txt')),
    compare: values.compare === undefined ? null : path.resolve(values.compare),
  })
  try {
    note(await prepareMirror(folder, mirror))
    const rows = ROWS.filter(({ name }) => only.includes(name))
    // A data folder from an earlier run is reused.
    if (rows.length > 0 && rows[0] !== firstRefresh && !(await bench.isFilled())) rows.unshift(firstRefresh)
    for (const row of rows) {
      console.log(row.name)
      note(await measured(row, bench))
    }
  } finally {
    await bench.close()
    if (values.keep === undefined) await rm(folder, { recursive: true, force: true })
    console.log(`\n${markdownTable(figures)}`)
  }
}

/** Measures a row. A failure becomes its figure, so that the other rows still run; only the first refresh is required by all others. */
async function measured(row: Row, bench: ScaleBench): Promise<Figure[]> {
  try {
    return await row.measure(bench)
  } catch (error) {
    if (row === firstRefresh) throw error
    process.exitCode = 1
    return [{ what: row.name, measured: `failed: ${messageOf(error).split('\n')[0]}`, aim: '' }]
  }
}
