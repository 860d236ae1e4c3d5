import { type Selectable, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { BathymetryTrackTable } from '#db/schema.ts'
import { ellipsoidDistance } from '#geo/ellipsoid-distance.ts'
import { xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { newId } from '#lib/ids.ts'
import { FIELDS, numbersOf, SOUNDING_BYTES } from './packed-soundings.ts'
import type { SoundingUpload, UploadLabels } from './sounding-upload.ts'
import { pointsWithin, type Segment, splitTracks } from './split-tracks.ts'
import { lastPieceOf, type Piece, toPieces } from './track-pieces.ts'

export interface StoreOptions {
  reporter: { userId: number; accountId: number }
  /** Longest time between two soundings of a track, in milliseconds. */
  gap: number
  /** About the most bytes of a track. */
  maximumBytes: number
  at: Date
}

/** A track that an upload made or continued. */
export interface StoredTrack {
  id: string
  /** Soundings of the whole track. */
  pointCount: number
  startTime: number
  endTime: number
  /** Whether the upload continued an existing track. */
  merged: boolean
}

type TrackRow = Selectable<BathymetryTrackTable>

/** What the soundings of a segment add to their track. */
interface Summary {
  startTime: number
  endTime: number
  minDepth: number
  maxDepth: number
  /** Metres, from the first sounding to the last. */
  length: number
}

/**
 * Stores the soundings of an upload as tracks. The first ones continue an open track: one of the same reporter and platform that ended
 * within the gap and has room.
 */
export async function storeUpload(trx: Db, upload: SoundingUpload, options: StoreOptions): Promise<StoredTrack[]> {
  const { labels, columns } = upload
  const maximumPoints = pointsWithin(options.maximumBytes, labels)
  const found = await lockOpenTrack(trx, labels, columns.numbers[FIELDS - 1] ?? 0, options)
  const open = found === null ? null : { pointCount: found.point_count, endTime: found.end_time.getTime() }
  const segments = splitTracks({ numbers: columns.numbers, gap: options.gap, maximumPoints, open })
  const stored: StoredTrack[] = []
  const added: Segment[] = []
  for (const segment of segments) {
    if (segment.appends && found !== null) stored.push(await continueTrack(trx, found, upload, segment, options.at))
    else added.push(segment)
  }
  return [...stored, ...(await addTracks(trx, upload, added, options))]
}

/** The newest track that a sounding at this time may continue, locked: uploads of one platform take turns. */
async function lockOpenTrack(
  trx: Db,
  { platformId, externalUserId }: UploadLabels,
  time: number,
  { reporter, gap }: StoreOptions,
): Promise<TrackRow | null> {
  if (platformId === null) return null
  const open = await trx
    .selectFrom('bathymetry_track')
    .selectAll()
    .where('user_id', '=', reporter.userId)
    .where('platform_id', '=', platformId)
    .where('external_user_id', 'is not distinct from', externalUserId)
    .where('end_time', '>=', new Date(time - gap))
    .where('end_time', '<=', new Date(time))
    .orderBy('end_time', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  return open ?? null
}

async function continueTrack(trx: Db, track: TrackRow, upload: SoundingUpload, segment: Segment, at: Date): Promise<StoredTrack> {
  const { numbers, x, y } = upload.columns
  const { ordinal } = lastPieceOf(track.point_count)
  const last = await trx
    .selectFrom('bathymetry_piece')
    .select('soundings')
    .where('track_id', '=', track.id)
    .where('ordinal', '=', ordinal)
    .executeTakeFirstOrThrow()
  const before = numbersOf(last.soundings)
  const count = before.length / FIELDS
  const columnOf = (field: number) => Array.from({ length: count }, (_, i) => before[i * FIELDS + field] ?? 0)
  const positions = {
    x: [...columnOf(1).map(xOfLongitude), ...x.subarray(segment.start, segment.end)],
    y: [...columnOf(0).map(yOfLatitude), ...y.subarray(segment.start, segment.end)],
  }
  const all = new Float64Array(before.length + (segment.end - segment.start) * FIELDS)
  all.set(before)
  all.set(numbers.subarray(segment.start * FIELDS, segment.end * FIELDS), before.length)
  await writePieces(trx, all, [{ id: track.id, offset: 0, pieces: toPieces(positions, ordinal) }])
  const { endTime, minDepth, maxDepth, length } = summarise(upload, segment)
  const gapMetres = ellipsoidDistance(positionAt(before, count - 1), positionAt(numbers, segment.start))
  const pointCount = track.point_count + segment.end - segment.start
  await trx
    .updateTable('bathymetry_track')
    .set({
      point_count: pointCount,
      end_time: new Date(endTime),
      min_depth: Math.min(track.min_depth, minDepth),
      max_depth: Math.max(track.max_depth, maxDepth),
      length_m: track.length_m + gapMetres + length,
      updated_at: at,
    })
    .where('id', '=', track.id)
    .execute()
  return { id: track.id, pointCount, startTime: track.start_time.getTime(), endTime, merged: true }
}

async function addTracks(
  trx: Db,
  upload: SoundingUpload,
  segments: readonly Segment[],
  { reporter, at }: StoreOptions,
): Promise<StoredTrack[]> {
  if (segments.length === 0) return []
  const { labels, columns } = upload
  const tracks = segments.map((segment) => ({ id: newId(), segment, ...summarise(upload, segment) }))
  const common = {
    ...{ account_id: reporter.accountId, user_id: reporter.userId, created_at: at, updated_at: at },
    platform: labels.platform === null ? null : JSON.stringify(labels.platform),
    platform_id: labels.platformId,
    provider_contact_point: labels.providerContactPoint === null ? null : JSON.stringify(labels.providerContactPoint),
    ...{ depth_units: labels.depthUnits, time_units: labels.timeUnits, convention: labels.convention },
    external_user_id: labels.externalUserId,
  }
  // A thousand rows stay far below the limit of parameters of a statement.
  for (let i = 0; i < tracks.length; i += 1_000) {
    const rows = tracks.slice(i, i + 1_000).map(({ id, segment, startTime, endTime, minDepth, maxDepth, length }) => ({
      ...common,
      ...{ id, point_count: segment.end - segment.start, start_time: new Date(startTime), end_time: new Date(endTime) },
      ...{ min_depth: minDepth, max_depth: maxDepth, length_m: length },
    }))
    await trx.insertInto('bathymetry_track').values(rows).execute()
  }
  const pieces = tracks.map(({ id, segment: { start, end } }) => ({
    id,
    offset: start,
    pieces: toPieces({ x: columns.x.subarray(start, end), y: columns.y.subarray(start, end) }, 0),
  }))
  await writePieces(trx, columns.numbers, pieces)
  return tracks.map(({ id, segment, startTime, endTime }) => {
    return { id, pointCount: segment.end - segment.start, startTime, endTime, merged: false }
  })
}

/**
 * Writes pieces, or replaces them. All soundings go to the server as one value, from which it cuts the pieces.
 * @param tracks the pieces of each track, and the index of its first sounding.
 */
async function writePieces(
  trx: Db,
  numbers: Float64Array<ArrayBuffer>,
  tracks: readonly { id: string; offset: number; pieces: readonly Piece[] }[],
): Promise<void> {
  const rows = tracks.flatMap(({ id, offset, pieces }) => pieces.map((piece) => ({ id, offset, ...piece })))
  await sql`
    insert into bathymetry_piece (track_id, ordinal, place, soundings)
    select id, ordinal, place::box, substring(${Buffer.from(numbers.buffer)}::bytea from first for length)
    from unnest(
      ${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ ordinal }) => ordinal)}::int[],
      ${rows.map(({ place }) => place)}::text[],
      ${rows.map(({ offset, start }) => (offset + start) * SOUNDING_BYTES + 1)}::int[],
      ${rows.map(({ start, end }) => (end - start) * SOUNDING_BYTES)}::int[]
    ) as piece (id, ordinal, place, first, length)
    on conflict (track_id, ordinal) do update set place = excluded.place, soundings = excluded.soundings
  `.execute(trx)
}

function summarise({ columns }: SoundingUpload, { start, end }: Segment): Summary {
  const { numbers, step } = columns
  let [minDepth, maxDepth, length] = [Infinity, -Infinity, 0]
  for (let i = start; i < end; i++) {
    const depth = numbers[i * FIELDS + 2] ?? 0
    minDepth = Math.min(minDepth, depth)
    maxDepth = Math.max(maxDepth, depth)
    if (i > start) length += step[i] ?? 0
  }
  const timeOf = (i: number) => numbers[i * FIELDS + FIELDS - 1] ?? 0
  return { startTime: timeOf(start), endTime: timeOf(end - 1), minDepth, maxDepth, length }
}

function positionAt(numbers: Float64Array, i: number): [longitude: number, latitude: number] {
  return [numbers[i * FIELDS + 1] ?? 0, numbers[i * FIELDS] ?? 0]
}
