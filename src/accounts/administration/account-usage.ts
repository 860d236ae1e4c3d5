import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** What an account has on this server. */
export interface AccountUsage {
  accountId: number
  users: number
  tokens: number
  uploads: number
  /** Charts of its uploads that are in use. */
  charts: number
  styles: number
  webhooks: number
  exports: number
  /** Size of its uploaded files. */
  uploadBytes: number
  /** Size of its finished offline packs. */
  exportBytes: number
}

/** What every account has, the oldest account first. */
export async function listAccountUsage(db: Db): Promise<AccountUsage[]> {
  const count = (table: string, condition = 'true') =>
    sql`(select count(*)::int from ${sql.table(table)} owned where owned.account_id = account.id and ${sql.raw(condition)})`
  const bytes = (table: string, condition = 'true') =>
    sql`(select coalesce(sum(owned.file_size), 0)::bigint from ${sql.table(table)} owned
      where owned.account_id = account.id and ${sql.raw(condition)})`
  const { rows } = await sql<AccountUsage>`
    select account.id as "accountId",
      ${count('app_user', 'owned.deleted_at is null')} as users,
      ${count('api_token')} as tokens,
      ${count('upload', 'owned.deleted_at is null')} as uploads,
      ${count('cell')} as charts,
      ${count('style')} as styles,
      ${count('webhook')} as webhooks,
      ${count('export')} as exports,
      ${bytes('upload', 'owned.deleted_at is null')} as "uploadBytes",
      ${bytes('export')} as "exportBytes"
    from account where account.deleted_at is null order by account.id
  `.execute(db)
  return rows
}
