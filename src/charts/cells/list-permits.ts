import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** An S-63 permit of an account, without its keys. */
export interface CellPermit {
  cell: string
  /** 'YYYY-MM-DD', the last day. */
  expires: string
  expired: boolean
  /** Data server of the permit: GB, PRIMAR and the like. */
  dataServer: string
  uploadId: number
}

/** A page of the permits of an account: for each cell the one of the newest upload, the first to expire first. */
export async function listPermits(
  db: Db,
  accountId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ permits: CellPermit[]; total: number }> {
  const found = await sql<{ cell_name: string; expires: string; expired: boolean; data_server: string; upload_id: number }>`
    select * from (
      select distinct on (permit.cell_name) permit.cell_name, permit.expires, permit.expires < current_date as expired,
        permit.data_server, permit.upload_id
      from cell_permit permit join upload on upload.id = permit.upload_id and upload.deleted_at is null
      where permit.account_id = ${accountId}
      order by permit.cell_name, permit.upload_id desc
    ) latest order by expires, cell_name limit ${limit} offset ${offset}
  `.execute(db)
  const count = await sql<{ total: number }>`
    select count(distinct permit.cell_name)::int as total
    from cell_permit permit join upload on upload.id = permit.upload_id and upload.deleted_at is null
    where permit.account_id = ${accountId}
  `.execute(db)
  const permits = found.rows.map((row) => ({
    cell: row.cell_name,
    expires: row.expires,
    expired: row.expired,
    dataServer: row.data_server,
    uploadId: row.upload_id,
  }))
  return { permits, total: count.rows[0]?.total ?? 0 }
}
