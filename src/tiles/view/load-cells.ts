import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Selectable, sql } from 'kysely'
import { coverageFromBytes, packCoverage } from '#charts/cells/packed-coverage.ts'
import type { Db } from '#db/database.ts'
import type { CellTable } from '#db/schema.ts'
import { chunks } from '#lib/chunks.ts'
import type { ChartCell } from './chart-snapshot.ts'
import { type Outline, toOutline } from './outline.ts'

/** Reads the cells that can be drawn, and afterwards only what has changed. */
export interface CellLoader {
  /** Brings `cells` up to date. @returns whether any cell has changed. */
  load(): Promise<boolean>
  /** By id. */
  readonly cells: ReadonlyMap<string, ChartCell>
}

/** Rows read at once: larger lots would hold up the requests between them. */
const LOT = 100

export function createCellLoader(db: Db): CellLoader {
  const cells = new Map<string, ChartCell>()
  /** Every transaction before this one had ended at the last load: a row that it has not read was written by a later one. */
  let mark: string | null = null

  async function readRows(ids: readonly string[]) {
    const news = ids.filter((id) => !cells.has(id))
    // by the primary key
    return await db
      .selectFrom('cell')
      .select(['id', 'name', 'account_id', 'source', 'title', 'edition', 'update_number', 'issue_date', 'update_date'])
      .select(['usage_band', 'compilation_scale', 'west', 'south', 'east', 'north', 'compiled_key', 'indexed_at'])
      .select(['overlay', 'twin'])
      // A new cell is read together with its outline: a refresh and a start have thousands of them, and each statement costs time.
      .select(sql<Buffer | null>`case when id = any(${news}::uuid[]) then outline end`.as('outline'))
      .where(isOneOf(ids))
      .where('compiled_key', 'is not', null)
      .execute()
  }

  async function takeRows(ids: readonly string[], rows: Awaited<ReturnType<typeof readRows>>): Promise<boolean> {
    const outlines = await readOutlines(
      db,
      rows.filter(({ id, compiled_key, outline }) => outline === null && cells.get(id)?.compiledKey !== compiled_key),
    )
    let isChanged = false
    for (const row of rows) {
      const before = cells.get(row.id)
      if (before?.compiledKey === row.compiled_key && before.indexedAt === row.indexed_at.getTime()) continue
      const outline = row.outline === null ? (outlines.get(row.id) ?? before?.outline) : toOutline(coverageFromBytes(row.outline))
      // Changed again in the meantime; its notification is on the way.
      if (outline === undefined) continue
      isChanged = true
      cells.set(row.id, {
        name: row.name,
        accountId: row.account_id,
        source: row.source,
        title: row.title,
        edition: row.edition,
        update: row.update_number,
        issueDate: row.issue_date,
        updateDate: row.update_date,
        usageBand: row.usage_band,
        scale: row.compilation_scale,
        latitude: (row.south + row.north) / 2,
        box: [row.west, row.south, row.east, row.north],
        overlay: row.overlay,
        twin: row.twin,
        outline,
        compiledKey: row.compiled_key!,
        indexedAt: row.indexed_at.getTime(),
      })
    }
    return forget(without(ids, rows)) || isChanged
  }

  /** @returns whether any of the cells was known. */
  function forget(ids: Iterable<string>): boolean {
    let wasKnown = false
    for (const id of ids) wasKnown = cells.delete(id) || wasKnown
    return wasKnown
  }

  return {
    cells,
    async load() {
      const news = await readNews(db, mark)
      let isChanged = false
      const lots = [...chunks(news.changed, LOT)]
      let reading = lots[0] === undefined ? null : readRows(lots[0])
      for (const [i, lot] of lots.entries()) {
        const rows = (await reading) ?? []
        const next = lots[i + 1]
        reading = next === undefined ? null : readRows(next)
        // A failure surfaces in the next turn, unless this lot fails first.
        reading?.catch(() => {})
        // The database reads the next lot while this one is worked on.
        await nextTurn()
        isChanged = (await takeRows(lot, rows)) || isChanged
      }
      // A deleted row leaves no trace but its absence.
      if (cells.size !== news.count) {
        const present = new Set(await readIds(db))
        isChanged = forget([...cells.keys()].filter((id) => !present.has(id))) || isChanged
      }
      mark = news.mark
      return isChanged
    },
  }
}

/** Outlines by id. The compiled key names the content of a cell, so an outline is read once for each key. */
async function readOutlines(db: Db, rows: readonly { id: string; compiled_key: string | null }[]): Promise<Map<string, Outline>> {
  if (rows.length === 0) return new Map()
  const wanted = new Map(rows.map(({ id, compiled_key }) => [id, compiled_key]))
  // by the primary key
  const found = await db
    .selectFrom('cell')
    .select(['id', 'compiled_key', 'outline'])
    .select(sql<Selectable<CellTable>['coverage'] | null>`case when outline is null then coverage end`.as('coverage'))
    .where(isOneOf([...wanted.keys()]))
    .execute()
  return new Map(
    found
      .filter(({ id, compiled_key }) => wanted.get(id) === compiled_key)
      .map(({ id, outline, coverage }) => [
        id,
        toOutline(outline === null ? packCoverage(coverage?.coordinates ?? []) : coverageFromBytes(outline)),
      ]),
  )
}

/** One parameter: a list of a hundred costs the client more than the rest of the statement. */
const isOneOf = (ids: readonly string[]) => sql<boolean>`id = any(${ids}::uuid[])`

interface News {
  mark: string
  /** How many cells can be drawn. */
  count: number
  /** Ids of the rows written since the last mark. */
  changed: string[]
}

/** One pass over the short part of a few thousand rows, in the server; ages compare transactions across the wraparound of their ids. */
async function readNews(db: Db, mark: string | null): Promise<News> {
  const { rows } = await sql<{ mark: string; count: number; changed: string | null }>`
    select pg_snapshot_xmin(pg_current_snapshot())::xid::text as mark,
      (count(*) filter (where compiled_key is not null))::int as count,
      string_agg(id::text, ',') filter (where ${mark}::text is null or age(xmin) <= age(${mark}::text::xid)) as changed
    from cell`.execute(db)
  const row = rows[0]!
  return { mark: row.mark, count: row.count, changed: row.changed?.split(',') ?? [] }
}

async function readIds(db: Db): Promise<string[]> {
  const { rows } = await sql<{ ids: string | null }>`
    select string_agg(id::text, ',') as ids from cell where compiled_key is not null`.execute(db)
  return rows[0]?.ids?.split(',') ?? []
}

function without(ids: readonly string[], rows: readonly { id: string }[]): string[] {
  const found = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => !found.has(id))
}
