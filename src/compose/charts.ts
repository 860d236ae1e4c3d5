import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createTokenCipher } from '#accounts/secrets/token-cipher.ts'
import { type Cells, createCells } from '#charts/cells/cells.ts'
import type { SignatureRules } from '#charts/reading/cell-opening.ts'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { readerMegabytes } from '#charts/reading/reader-megabytes.ts'
import { createSharedCellReader, type SharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { readSignatureRules } from '#charts/uploads/read-signature-rules.ts'
import { createS63, type S63 } from '#charts/uploads/s63.ts'
import { sweepUploads } from '#charts/uploads/sweep-uploads.ts'
import { createUploads, type Uploads } from '#charts/uploads/uploads.ts'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import { createBackground } from '#lib/background.ts'
import type { ClientActivity } from '#lib/client-activity.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import type { ProcessMetrics } from './metrics.ts'

/** Charts as they are stored and read. */
export interface ChartServices {
  storage: BlobStore
  /** Its threads start with the first job that reads cells. */
  reader: SharedCellReader
  /** Null without an S-63 identity. */
  s63: S63 | null
  /** For files of S-100 exchange sets. */
  signatureRules: SignatureRules
  uploads: Uploads
  cells: Cells
}

const UPLOAD_SWEEP_MILLISECONDS = 30 * 60_000

export async function composeCharts(
  config: Config,
  { db, storage, secretKey, activity }: { db: Db; storage: BlobStore; secretKey: Buffer; activity: ClientActivity },
  threads: ProcessMetrics['threads'],
): Promise<ChartServices> {
  const workers = config.jobs.maxWorkerCount
  const memoryMegabytes = readerMegabytes(config.machineMemoryBytes, workers)
  const reader = createSharedCellReader(() =>
    createCellReader({
      threads: workers,
      memoryMegabytes,
      clientsAsk: activity.isRecent,
      waitingRequests: activity.waitingRequests,
    }),
  )
  threads['cells'] = () => reader.load()
  const s63 = await openS63(config, secretKey)
  const signatureRules = await readSignatureRules(config.s100)
  const uploads = createUploads({ db, storage, userPermit: s63?.userPermit ?? null, preferStandard: config.preferStandard })
  return { storage, reader, s63, signatureRules, uploads, cells: createCells({ db, storage }) }
}

/** Removes the files of uploads that a crash cut off, at the start and every 30 minutes. */
export function startUploadSweeper(db: Db, storage: BlobStore, log: Log, closing: AsyncDisposableStack): void {
  const sweeper = createBackground({
    name: 'sweeping uploads',
    intervalMilliseconds: UPLOAD_SWEEP_MILLISECONDS,
    atStart: true,
    clock: systemClock,
    log,
    async runOnce(signal) {
      const files = await sweepUploads(db, storage, systemClock, signal)
      if (files > 0) log.info({ files }, 'removed files of uploads that were never completed')
    },
  })
  closing.defer(() => sweeper.stop())
  sweeper.start()
}

/** Reading of encrypted charts; null unless the operator has configured an identity. */
async function openS63({ s63 }: Config, secretKey: Buffer): Promise<S63 | null> {
  if (s63.identity === null) return null
  const { identity, signatures, authorityFile } = s63
  const authorities = []
  if (authorityFile !== null) {
    const bytes = await readFile(authorityFile)
    authorities.push({ name: path.basename(authorityFile), bytes })
  }
  return createS63({ identity, signatures, authorities, cipher: createTokenCipher(secretKey) })
}
