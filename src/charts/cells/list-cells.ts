import { type SqlBool, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Box } from '#geo/box.ts'

/** The row of a cell as the API shows it. */
export interface VisibleCell {
  name: string
  title: string | null
  /** `noaa` for a public cell, `upload` for a cell of the account. */
  source: string
  /** The newest upload that it comes from; null for a public cell. */
  uploadId: number | null
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
}

/** A page of the public cells and those of the account, by name; of one name the account's own first. */
export async function listCells(db: Db, query: ListCellsQuery): Promise<{ cells: VisibleCell[]; total: number }> {
  const where = sql<SqlBool>`(account_id is null or account_id = ${query.accountId}) and ${touches(query.box)}`
  const count = await sql<{ total: number }>`select count(*)::int as total from cell where ${where}`.execute(db)
  const rows = await db
    .selectFrom('cell')
    .selectAll()
    .where(where)
    .orderBy('name')
    .orderBy(sql`account_id nulls last`)
    .limit(query.limit)
    .offset(query.offset)
    .execute()
  const cells = rows.map(
    (row): VisibleCell => ({
      name: row.name,
      title: row.title,
      source: row.source,
      uploadId: row.upload_id,
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
    }),
  )
  return { cells, total: count.rows[0]?.total ?? 0 }
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
