import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { readSnapshot } from '#db/read-snapshot.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError, invalidFields } from '#lib/errors.ts'
import { unpackSoundings } from './packed-soundings.ts'
import type { SoundingUpload, UploadOutcome } from './sounding-upload.ts'
import { type StoredTrack, storeUpload } from './store-upload.ts'
import { type Track, type TrackWithSoundings, toTrack } from './track-record.ts'
import type { UploadReader } from './upload-reader.ts'

/** Soundings that users send, in tracks that every account sees. */
export interface Bathymetry {
  /** Most soundings of one upload. */
  readonly maximumSoundings: number
  /**
   * Stores the soundings of an upload.
   *
   * @param body the body of the request: JSON.
   * @throws AppError INVALID_JSON (400), VALIDATION_FAILED (400) with the fields, TOO_MANY_SOUNDINGS (413); the signal's reason.
   */
  create(
    reporter: { userId: number; accountId: number },
    body: Uint8Array,
    signal: AbortSignal,
  ): Promise<{ tracks: StoredTrack[]; totalPoints: number }>
  /** Newest first. @throws AppError QUERY_TIMEOUT (503); the signal's reason when it aborts. */
  list(page: { limit: number; offset: number }, signal: AbortSignal): Promise<{ tracks: Track[]; total: number }>
  /** @throws AppError TRACK_NOT_FOUND (404). */
  get(id: string): Promise<TrackWithSoundings>
}

export interface BathymetryOptions {
  db: Db
  clock: Clock
  reader: UploadReader
  /** Longest time between two soundings of a track, in milliseconds. */
  gap: number
  maximumSoundings: number
  /** About the most bytes of a track. */
  maximumTrackBytes: number
}

const STATEMENT_MILLISECONDS = 5_000

export function createBathymetry(options: BathymetryOptions): Bathymetry {
  const { db, clock, reader, gap, maximumSoundings, maximumTrackBytes } = options
  return {
    maximumSoundings,

    async create(reporter, body, signal) {
      const now = clock.now()
      const upload = accepted(await reader.read({ body, maximumSoundings, now }, signal), maximumSoundings)
      const storing = { reporter, gap, maximumBytes: maximumTrackBytes, at: new Date(now) }
      const tracks = await db.transaction().execute(async (trx) => await storeUpload(trx, upload, storing))
      return { tracks, totalPoints: upload.columns.count }
    },

    async list({ limit, offset }, signal) {
      return await readSnapshot(db, { statementMilliseconds: STATEMENT_MILLISECONDS, signal }, async (trx) => {
        const rows = await trx
          .selectFrom('bathymetry_track')
          .selectAll()
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .offset(offset)
          .execute()
        const { total } = await trx
          .selectFrom('bathymetry_track')
          .select(sql<number>`count(*)`.as('total'))
          .executeTakeFirstOrThrow()
        return { tracks: rows.map(toTrack), total }
      })
    },

    async get(id) {
      const track = await db.selectFrom('bathymetry_track').selectAll().where('id', '=', id).executeTakeFirst()
      if (track === undefined) throw new AppError('TRACK_NOT_FOUND', `There is no track ${id}.`)
      const pieces = await db
        .selectFrom('bathymetry_piece')
        .select(['ordinal', 'soundings'])
        .where('track_id', '=', id)
        .orderBy('ordinal')
        .execute()
      // A piece repeats the last sounding of the one before.
      const soundings = pieces.flatMap((piece) => unpackSoundings(piece.soundings).slice(piece.ordinal === 0 ? 0 : 1))
      return { ...toTrack(track), soundings: soundings.slice(0, track.point_count) }
    },
  }
}

function accepted(outcome: UploadOutcome, maximum: number): SoundingUpload {
  switch (outcome.kind) {
    case 'upload':
      return outcome.upload
    case 'not-json':
      throw new AppError('INVALID_JSON', `The request body is not valid JSON: ${outcome.message}.`)
    case 'too-many': {
      const counts = `${outcome.count.toLocaleString('en-US')} soundings; at most ${maximum.toLocaleString('en-US')}`
      throw new AppError('TOO_MANY_SOUNDINGS', `The request has ${counts} are accepted at once.`)
    }
    case 'invalid': {
      const [first, ...others] = outcome.fields
      if (first === undefined) throw new Error('an upload was refused without a reason')
      throw invalidFields('body', [first, ...others])
    }
  }
}
