import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '#lib/errors.ts'
import { writeMbtilesMetadata } from './mbtiles-metadata.ts'
import type { StoredTile, WorkRequest, WorkTotals } from './work-file-messages.ts'
import { writePmtiles } from './write-pmtiles.ts'

// Thread of a work file: an MBTiles database (version 1.3) with one more table, which says how far the drawing has come.

const { file } = workerData as { file: string }
const database = new DatabaseSync(file)
// A killed process loses nothing; after a power cut the last tiles may have to be drawn again.
database.exec(`pragma journal_mode = wal;
  pragma synchronous = normal;
  pragma wal_autocheckpoint = 4000;
  create table if not exists metadata (name text primary key, value text);
  create table if not exists tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob,
    primary key (zoom_level, tile_column, tile_row)) without rowid;
  create table if not exists progress (id integer primary key check (id = 0), next integer not null);
  insert into progress (id, next) values (0, 0) on conflict do nothing`)

const insert = database.prepare('insert or replace into tiles values (?, ?, ?, ?)')
const advance = database.prepare('update progress set next = ?')

parentPort?.on('message', async (request: WorkRequest & { id: number }) => {
  try {
    parentPort?.postMessage({ id: request.id, value: await answer(request) })
    if (request.do === 'close') parentPort?.close()
  } catch (error) {
    parentPort?.postMessage({ id: request.id, error: messageOf(error) })
  }
})

async function answer(request: WorkRequest): Promise<number | WorkTotals | null> {
  if (request.do === 'next') return Number(database.prepare('select next from progress').get()?.['next'] ?? 0)
  if (request.do === 'put') put(request.tiles, request.next)
  if (request.do === 'finish') {
    writeMbtilesMetadata(database, request.metadata)
    const totals = countTiles()
    if (request.pmtiles !== null) await writePmtiles(database, request.metadata, request.pmtiles)
    else database.exec('pragma wal_checkpoint(truncate); drop table if exists progress; pragma journal_mode = delete')
    return totals
  }
  if (request.do === 'close') database.close()
  return null
}

function put(tiles: readonly StoredTile[], next: number): void {
  database.exec('begin immediate')
  try {
    // Rows of MBTiles count from the south.
    for (const { z, x, y, data } of tiles) insert.run(z, x, 2 ** z - 1 - y, data)
    advance.run(next)
    database.exec('commit')
  } catch (error) {
    database.exec('rollback')
    throw error
  }
}

function countTiles(): WorkTotals {
  const row = database.prepare('select count(*) as tiles, coalesce(sum(length(tile_data)), 0) as bytes from tiles').get()
  return { tiles: Number(row?.['tiles'] ?? 0), bytes: Number(row?.['bytes'] ?? 0) }
}
