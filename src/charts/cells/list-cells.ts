import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { CellTable } from '#db/schema.ts'
import type { Box } from '#geo/box.ts'

/** The row of a cell as the API shows it. */
export interface VisibleCell {
  name: string
  title: string | null
  /** `noaa` or `usace` for a public cell, `upload` for a cell of the account. */
  source: string
  /** The newest upload that it comes from; null for a public cell. */
  uploadId: number | null
  /** The standard of its files. */
  standard: 's57' | 's101'
  edition: number
  update: number
  issueDate: string | null
  updateDate: string | null
  usageBand: number
  scale: number
  bbox: number[]
  /** False when it is shown without an update that is missing or cannot be applied. */
  upToDate: boolean
  featureCount: number
  /** Names of texts and pictures that its features name and that came with it. */
  files: string[]
  indexedAt: number
}

export interface ListCellsQuery {
  accountId: number
  limit: number
  offset: number
  /** Only cells whose box touches this one; null for all. */
  box: Box | null
  /** Only cells whose name or title contains this text, in any case. */
  text?: string | undefined
  source?: string | undefined
  sort?: CellSort | undefined
}

/** Orders of a list of cells; `-` means descending. */
export const CELL_SORTS = ['name', '-name', 'scale', '-scale', 'indexedAt', '-indexedAt', 'issueDate', '-issueDate'] as const
export type CellSort = (typeof CELL_SORTS)[number]

/** All columns but the coverage, which makes up most of a row. */
const SHOWN_COLUMNS = [
  ...(['name', 'title', 'source', 'upload_id', 'standard', 'edition', 'update_number', 'issue_date', 'update_date'] as const),
  ...(['usage_band', 'compilation_scale', 'west', 'south', 'east', 'north', 'up_to_date', 'feature_count'] as const),
  ...(['files', 'indexed_at'] as const),
] as const satisfies readonly (keyof CellTable)[]

const COLUMNS = { name: 'name', scale: 'compilation_scale', indexedAt: 'indexed_at', issueDate: 'issue_date' } as const

/** A page of the public cells and those of the account, by name; of one name the account's own first. */
export async function listCells(db: Db, query: ListCellsQuery): Promise<{ cells: VisibleCell[]; total: number }> {
  const where = sql<SqlBool>`(account_id is null or account_id = ${query.accountId}) and ${touches(query.box)}
    and ${contains(query.text)} and (${query.source ?? null}::text is null or source = ${query.source ?? null})`
  const count = await sql<{ total: number }>`select count(*)::int as total from cell where ${where}`.execute(db)
  const rows = await db
    .selectFrom('cell')
    .select(SHOWN_COLUMNS)
    .where(where)
    .orderBy(orderOf(query.sort))
    .orderBy('name')
    .orderBy(sql`account_id nulls last`)
    .limit(query.limit)
    .offset(query.offset)
    .execute()
  return { cells: rows.map(toVisibleCell), total: count.rows[0]?.total ?? 0 }
}

/** By a column, rows without a value last. */
function orderOf(sort: CellSort = 'name') {
  const column = COLUMNS[sort.replace('-', '') as keyof typeof COLUMNS]
  return sort.startsWith('-') ? sql`${sql.ref(column)} desc nulls last` : sql`${sql.ref(column)} asc nulls last`
}

function contains(text: string | undefined) {
  if (text === undefined || text === '') return sql<SqlBool>`true`
  return sql<SqlBool>`(strpos(lower(name), lower(${text})) > 0 or strpos(lower(coalesce(title, '')), lower(${text})) > 0)`
}

/** The row of a cell as the API shows it. */
export function toVisibleCell(row: Pick<Selectable<CellTable>, (typeof SHOWN_COLUMNS)[number]>): VisibleCell {
  return {
    name: row.name,
    title: row.title,
    source: row.source,
    uploadId: row.upload_id,
    standard: row.standard,
    edition: row.edition,
    update: row.update_number,
    issueDate: row.issue_date,
    updateDate: row.update_date,
    usageBand: row.usage_band,
    scale: row.compilation_scale,
    bbox: [row.west, row.south, row.east, row.north],
    upToDate: row.up_to_date,
    featureCount: row.feature_count,
    files: row.files.map((file) => file.name),
    indexedAt: row.indexed_at.getTime(),
  }
}

/** Boxes that share a point. West exceeds east in a box that crosses the antimeridian. */
function touches(box: Box | null) {
  if (box === null) return sql<SqlBool>`true`
  const [west, south, east, north] = box
  const spans =
    west <= east
      ? [[west, east]]
      : [
          [west, 180],
          [-180, east],
        ]
  const longitudes = spans.map(
    ([from, to]) => sql`(case when west <= east then west <= ${to}::float8 and east >= ${from}::float8
      else west <= ${to}::float8 or east >= ${from}::float8 end)`,
  )
  return sql<SqlBool>`(south <= ${north}::float8 and north >= ${south}::float8 and (${sql.join(longitudes, sql` or `)}))`
}
