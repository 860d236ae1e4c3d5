import type { Readable } from 'node:stream'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { UUID_PATTERN } from '#lib/ids.ts'
import type { BlobStore, ByteRange } from '#storage/blob-store.ts'
import type { Styles } from '#styles/styles.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { createDownloadTickets, type DownloadTickets, deleteOldTickets } from './download-tickets.ts'
import { estimatePack, type PackEstimate } from './estimate-pack.ts'
import { type ExportRecord, packFileName, packKey } from './export-record.ts'
import { deleteExportRow, expiredExports, exportToMake, insertExport, type NewExport, selectExports } from './export-store.ts'
import { checkPackSpec, type PackSpec } from './pack-spec.ts'
import { rasterStyleOf } from './pack-styles.ts'
import { countTiles } from './pack-tiles.ts'

/** A finished pack, for its download. */
export interface PackFile {
  id: string
  fileName: string
  fileSize: number
  /** The zip, or a part of it, as a stream. */
  read(part?: ByteRange): Promise<Readable>
}

/** Offline packs of the accounts; one of another account counts as missing. */
export interface Exports {
  /**
   * Checks what a pack is to hold.
   * @returns how many tiles it has at most.
   * @throws AppError VALIDATION_FAILED (400), EXPORT_TOO_LARGE (400), STYLE_NOT_FOUND (404).
   */
  check(accountId: number, spec: PackSpec): Promise<number>
  /** Estimates a pack that has been checked. */
  estimate(accountId: number, spec: PackSpec, signal: AbortSignal): Promise<PackEstimate>
  insert(trx: Db, jobId: string, given: NewExport): Promise<void>
  /** Newest first, at most 1,000. */
  list(accountId: number): Promise<ExportRecord[]>
  /** @throws AppError EXPORT_NOT_FOUND (404). */
  get(accountId: number, id: string): Promise<ExportRecord>
  /** Deletes the file and the record. @throws AppError EXPORT_NOT_FOUND (404). */
  delete(accountId: number, id: string): Promise<void>
  /** @throws AppError EXPORT_NOT_FOUND (404), EXPORT_NOT_READY (409). */
  issueTicket(accountId: number, id: string): ReturnType<DownloadTickets['issue']>
  /** @throws AppError DOWNLOAD_GONE (410). */
  openDownload(ticket: string, use: 'begin' | 'resume' | 'look'): Promise<PackFile>
  /** Removes the files of packs that have expired. @returns how many. */
  removeExpired(signal: AbortSignal): Promise<number>
}

export interface ExportsOptions {
  db: Db
  clock: Clock
  storage: BlobStore
  tiles: Pick<Tiles, 'tile' | 'charts'>
  styles: Pick<Styles, 'get'>
  /** Tiles of the largest pack. */
  mostTiles: number
}

export function createExports(options: ExportsOptions): Exports {
  const { db, clock, storage, tiles, styles, mostTiles } = options
  const tickets = createDownloadTickets({ db, clock })

  async function get(accountId: number, id: string): Promise<ExportRecord> {
    const [found] = UUID_PATTERN.test(id) ? await selectExports(db, accountId, id) : []
    if (found === undefined) throw new AppError('EXPORT_NOT_FOUND')
    return found
  }

  return {
    async check(accountId, spec) {
      checkPackSpec(spec)
      const count = countTiles(spec)
      if (count > mostTiles) {
        const asked = count.toLocaleString('en-US')
        throw new AppError(
          'EXPORT_TOO_LARGE',
          `This pack would have ${asked} tiles, and at most ${mostTiles.toLocaleString('en-US')} are allowed: choose a smaller box or a lower maxZoom.`,
        )
      }
      if (spec.styleId !== null) await styles.get(accountId, spec.styleId)
      return count
    },

    async estimate(accountId, spec, signal) {
      const custom = spec.styleId === null ? null : (await styles.get(accountId, spec.styleId)).parameters
      const style = spec.kind === 'raster' ? rasterStyleOf(spec, custom) : null
      return await estimatePack({ tiles, charts: tiles.charts, clock, accountId, style }, spec, signal)
    },

    insert: insertExport,
    list: (accountId) => selectExports(db, accountId),
    get,

    async delete(accountId, id) {
      await get(accountId, id)
      await storage.delete(packKey(id))
      await deleteExportRow(db, id)
    },

    async issueTicket(accountId, id) {
      const { state } = await get(accountId, id)
      if (state !== 'completed') throw new AppError('EXPORT_NOT_READY')
      return await tickets.issue(id)
    },

    async openDownload(ticket, use) {
      const id = await tickets.redeem(ticket, use)
      const found = id === null ? null : await exportToMake(db, id)
      const fileSize = id === null ? null : await storage.size(packKey(id))
      if (id === null || found === null || fileSize === null) throw new AppError('DOWNLOAD_GONE')
      return { id, fileName: packFileName(found.spec), fileSize, read: (part) => storage.get(packKey(id), part) }
    },

    async removeExpired(signal) {
      let removed = 0
      for (const id of await expiredExports(db, new Date(clock.now()))) {
        signal.throwIfAborted()
        // The file goes first, so that a crash in between leaves no file without a row.
        await storage.delete(packKey(id))
        await deleteExportRow(db, id)
        removed++
      }
      await deleteOldTickets(db, clock.now())
      return removed
    },
  }
}
