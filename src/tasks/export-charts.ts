import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Cells } from '#charts/cells/cells.ts'
import type { Db } from '#db/database.ts'
import { openWorkFile, type WorkFile } from '#exports/archive/work-file.ts'
import type { PackMetadata, StoredTile, WorkTotals } from '#exports/archive/work-file-messages.ts'
import { removeOldWorkFiles, workFilesOf } from '#exports/archive/work-files.ts'
import { drawPackTile } from '#exports/draw-pack-tile.ts'
import { packKey } from '#exports/export-record.ts'
import { exportToMake, finishExport } from '#exports/export-store.ts'
import { packSprites } from '#exports/pack/pack-sprites.ts'
import { packZip } from '#exports/pack/write-pack.ts'
import type { PackSpec } from '#exports/pack-spec.ts'
import { rasterStyleOf } from '#exports/pack-styles.ts'
import { countTiles, packTiles } from '#exports/pack-tiles.ts'
import type { JobContext, JobType, StepContext } from '#jobs/model/job-type.ts'
import { recordOf } from '#jobs/model/read-parameters.ts'
import { CancelledError } from '#jobs/run/stop-reasons.ts'
import type { Clock } from '#lib/clock.ts'
import { PermanentError } from '#lib/errors.ts'
import { forEachLimited } from '#lib/for-each-limited.ts'
import { UUID_PATTERN } from '#lib/ids.ts'
import { counted, megabytes } from '#lib/quantities.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import type { StyleParameters } from '#styles/style-parameters.ts'
import type { Styles } from '#styles/styles.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { describeTiles } from '#tiles/tile-json.ts'

export interface ExportChartsOptions {
  db: Db
  clock: Clock
  storage: BlobStore
  tiles: Pick<Tiles, 'tile' | 'attribution'>
  cells: Pick<Cells, 'classes'>
  styles: Pick<Styles, 'find'>
  /** Folder for packs in the making. */
  folder: string
  /** How long a finished pack is kept, in milliseconds. */
  retention: number
  version: string
}

export interface ExportChartsResult extends Record<string, unknown> {
  /** Tiles with content. */
  tiles: number
  /** Of the zip. */
  bytes: number
}

/** Tiles in one transaction; a killed process loses at most one transaction. */
const BATCH = 64
/** Tiles drawn at once. Clients that wait for a tile take precedence. */
const CONCURRENCY = 3

/** Makes an offline pack: draws its tiles into a file that a later attempt continues, then writes the zip. */
export function exportCharts(options: ExportChartsOptions): JobType<{ exportId: string }, ExportChartsResult> {
  const { db, clock, storage, folder } = options
  return {
    name: 'export-charts',
    queue: 'export',
    creatable: false,
    exclusive: false,
    steps: [
      { name: 'step_draw_tiles', weight: 0.9 },
      { name: 'step_write_pack', weight: 0.1 },
    ],
    parse(parameters) {
      const { exportId } = recordOf(parameters)
      if (typeof exportId !== 'string' || !UUID_PATTERN.test(exportId)) throw new PermanentError('exportId must be a UUID')
      return { exportId }
    },
    async run(job) {
      const { exportId } = job.parameters
      const found = await exportToMake(db, exportId)
      if (found === null) throw new PermanentError('the export was deleted')
      const { accountId, spec } = found
      const custom = spec.styleId === null ? null : await options.styles.find(accountId, { id: spec.styleId })
      await removeOldWorkFiles(folder, clock.now())
      const files = workFilesOf(folder, exportId)
      const work = await openWorkFile(files.mbtiles)
      try {
        await job.step('step_draw_tiles', (step) => drawTiles(options, job, step, work, { accountId, spec, custom }))
        // The file may lie on another machine, or have been removed between two attempts.
        if ((await work.next()) < countTiles(spec)) await drawTiles(options, job, null, work, { accountId, spec, custom })
        return await job.step('step_write_pack', async (step) => {
          const metadata = describePack(spec, options.version, await options.tiles.attribution())
          const totals = await work.finish(metadata, spec.format === 'pmtiles' ? files.pmtiles : null)
          await work.close()
          const classes = new Set(await options.cells.classes(accountId))
          const archive = files[spec.format]
          const sprites = await packSprites({ tiles: options.tiles, clock, accountId }, spec, custom, job.signal)
          const content = { spec, metadata, custom, classes, sprites, archive }
          const fileSize = await storage.put(packKey(exportId), await packZip(content))
          await keep(options, step, exportId, { ...totals, fileSize })
          await files.remove()
          job.log.info(`The pack has ${counted(totals.tiles, 'tile')} and ${megabytes(fileSize)}`)
          return { tiles: totals.tiles, bytes: fileSize }
        })
      } catch (error) {
        if (job.signal.reason instanceof CancelledError) await rm(path.dirname(files.mbtiles), { recursive: true, force: true })
        throw error
      } finally {
        await work.close()
      }
    },
  }
}

interface Pack {
  accountId: number
  spec: PackSpec
  custom: StyleParameters | null
}

async function drawTiles(
  { tiles, clock }: ExportChartsOptions,
  job: JobContext,
  step: StepContext | null,
  work: WorkFile,
  { accountId, spec, custom }: Pack,
): Promise<{ tiles: number }> {
  const total = countTiles(spec)
  let next = await work.next()
  if (next === 0) job.log.info(`Drawing ${counted(total, `${spec.kind} tile`)}, zooms ${spec.minZoom} to ${spec.maxZoom}`)
  else job.log.info(`Continuing after ${next.toLocaleString('en-US')} of ${counted(total, 'tile')}`)
  const parts = { tiles, clock, accountId, style: spec.kind === 'raster' ? rasterStyleOf(spec, custom) : null }
  for (const batch of batches(packTiles(spec).drop(next), BATCH)) {
    const drawn: StoredTile[] = []
    await forEachLimited(batch, { concurrency: CONCURRENCY, signal: job.signal }, async (address, stopping) => {
      const data = await drawPackTile(parts, address, stopping)
      if (data !== null) drawn.push({ ...address, data })
    })
    next += batch.length
    await work.put(drawn, next)
    step?.progress(next / total)
  }
  return { tiles: total }
}

function* batches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Records the finished pack; one whose export was deleted meanwhile is removed again. */
async function keep(
  { storage, clock, retention }: ExportChartsOptions,
  step: StepContext,
  exportId: string,
  { tiles, fileSize }: WorkTotals & { fileSize: number },
): Promise<void> {
  const now = clock.now()
  const file = { tiles, fileSize, finishedAt: new Date(now), expiresAt: new Date(now + retention) }
  if (await step.transaction((trx) => finishExport(trx, exportId, file))) return
  await storage.delete(packKey(exportId))
  throw new PermanentError('the export was deleted while its pack was made')
}

function describePack({ box, minZoom, maxZoom, kind }: PackSpec, version: string, attribution: string): PackMetadata {
  const layers = describeTiles('', version, attribution).vector_layers
  return {
    ...{ box, minZoom, maxZoom, kind, attribution },
    name: 'Nautical charts',
    description: `Nautical charts as ${kind} tiles, made by Chartroom ${version}. Not for navigation`,
    vectorLayers: kind === 'vector' ? layers.map((layer) => ({ ...layer, minzoom: minZoom, maxzoom: maxZoom })) : [],
  }
}
