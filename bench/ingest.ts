import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { silentLog } from '#lib/log.ts'
import { type CellFiles, mirrorCells, noCharts } from '../test/s57/chart-files.ts'
import { startGdal } from '../test/s57/gdal.ts'
import { inventedCell } from '../test/s57/invented-cells.ts'
import { type IngestMirror, writeIngestMirror, writeTinyMirror } from './ingest/ingest-mirror.ts'
import { type RefreshTimes, timeRefresh } from './ingest/time-refresh.ts'
import { newDatabase } from './jobs/new-database.ts'

/** The active cells of NOAA's catalogue of 2026-06-18. */
const NOAA = { cells: 6_945, zipMegabytes: 776 }
const TINY_CELLS = 300
const WORKERS = [1, 2] as const

/**
 * Times a refresh of an empty database from a local mirror, with one worker thread and with two, and GDAL (gdal3.js, WebAssembly)
 * converting the same cells to GeoPackage in memory on one thread. The mirror is `--copies` (4) of the small NOAA mirror, or of
 * invented cells without it. A second mirror of tiny cells shows the fixed cost per cell; both together give the time for all of
 * NOAA. Alternates `--rounds` (1) of each; the best one counts.
 */
export async function run(rest: string[]): Promise<void> {
  const options = { copies: { type: 'string', default: '4' }, rounds: { type: 'string', default: '1' } } as const
  const { values } = parseArgs({ args: rest, options })
  const cells = noCharts === false ? await mirrorCells('day1') : inventedCells()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chartroom-bench-'))
  // When this runs as root, PostgreSQL runs as another user, who needs access.
  await chmod(folder, 0o755)
  const settings = { shared_buffers: '256MB', max_connections: '100' }
  const postgres = await startEmbeddedPostgres({ dataDir: folder, settings, runAs: null, log: silentLog() })
  try {
    const charts = await writeIngestMirror(path.join(folder, 'charts'), cells, Number(values.copies))
    const tiny = await writeTinyMirror(path.join(folder, 'tiny'), TINY_CELLS)
    const best = new Map<string, RefreshTimes>()
    let databases = 0
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const workers of WORKERS) {
        for (const [name, mirror] of [
          ['tiny', tiny],
          ['charts', charts],
        ] as const) {
          const database = await newDatabase(postgres.url, `ingest${++databases}`)
          const times = await timeRefresh(database, mirror, workers, folder).finally(() => database.close())
          const key = `${name} ${workers}`
          if (times.index < (best.get(key)?.index ?? Infinity)) best.set(key, times)
        }
      }
    }
    const kind = noCharts === false ? 'NOAA cells' : 'invented cells (the projection is rough)'
    console.log(`From zip to visible: ${charts.cells} ${kind}, ${cells.length} of them different, ${sizes(charts)}`)
    for (const workers of WORKERS) report(workers, charts, best.get(`charts ${workers}`)!)
    reportGdal(await timeGdal(cells), cells)
    console.log(`${tiny.cells} tiny cells, ${sizes(tiny)}`)
    for (const workers of WORKERS) report(workers, tiny, best.get(`tiny ${workers}`)!)
    for (const workers of WORKERS) {
      project(workers, charts, best.get(`charts ${workers}`)!, tiny, best.get(`tiny ${workers}`)!)
    }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function report(workers: number, { cells, zipBytes, s57Bytes }: IngestMirror, { index, whole, processor }: RefreshTimes): void {
  console.log(
    `  Chartroom, ${workers === 1 ? '1 worker ' : `${workers} workers`}  ${index.toFixed(1).padStart(6)} s  ${(cells / index).toFixed(1).padStart(6)} cells/s ` +
      `${(zipBytes / 1e6 / index).toFixed(2).padStart(6)} MB/s of zips ${(s57Bytes / 1e6 / index).toFixed(2).padStart(6)} MB/s of S-57; ` +
      `with catalogue and copying ${whole.toFixed(1)} s; processor time ${processor.toFixed(1)} s`,
  )
}

interface GdalTimes {
  wall: number
  processor: number
}

/** Runs one round to warm up and times the next. */
async function timeGdal(cells: readonly CellFiles[]): Promise<GdalTimes> {
  const gdal = await startGdal()
  const convert = () => {
    for (const { base, updates } of cells) gdal.convert(base, updates)
  }
  convert()
  const cpu = process.cpuUsage()
  const start = performance.now()
  convert()
  const { user, system } = process.cpuUsage(cpu)
  return { wall: (performance.now() - start) / 1e3, processor: (user + system) / 1e6 }
}

function reportGdal({ wall, processor }: GdalTimes, cells: readonly CellFiles[]): void {
  const megabytes =
    cells.flatMap(({ base, updates }) => [base, ...updates]).reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6
  console.log(
    `  gdal3.js, 1 thread    ${wall.toFixed(1).padStart(6)} s  ${(cells.length / wall).toFixed(1).padStart(6)} cells/s ` +
      `${''.padStart(19)} ${(megabytes / wall).toFixed(2).padStart(6)} MB/s of S-57 (${cells.length} cells, ${megabytes.toFixed(1)} MB, unzipped before); ` +
      `processor time ${processor.toFixed(1)} s`,
  )
}

/** Projects the time for all of NOAA from the fixed cost per cell, which the tiny ones show, and the cost per megabyte of zip. */
function project(workers: number, charts: IngestMirror, times: RefreshTimes, tiny: IngestMirror, tinyTimes: RefreshTimes): void {
  const perCell = tinyTimes.index / tiny.cells
  const perMegabyte = Math.max(0, times.index - perCell * charts.cells) / (charts.zipBytes / 1e6)
  const seconds = perCell * NOAA.cells + perMegabyte * NOAA.zipMegabytes
  console.log(
    `All of NOAA (${NOAA.cells.toLocaleString('en-US')} cells, ${NOAA.zipMegabytes} MB of zips), ${workers} worker${workers === 1 ? '' : 's'}: ` +
      `${(seconds / 60).toFixed(1)} minutes (${(perCell * 1e3).toFixed(1)} ms per cell and ${(perMegabyte * 1e3).toFixed(0)} ms per megabyte of zip), without the download`,
  )
}

function sizes({ zipBytes, s57Bytes }: IngestMirror): string {
  return `${(zipBytes / 1e6).toFixed(1)} MB of zips, ${(s57Bytes / 1e6).toFixed(1)} MB of S-57`
}

function inventedCells(): CellFiles[] {
  return Array.from({ length: 10 }, (_, i) => inventedCell({ name: `XX5BEN${i}A`, seed: i + 1, squares: 20, vertices: 30 }))
}
