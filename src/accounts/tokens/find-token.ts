import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { UserRecord } from '../users/user-record.ts'

export interface FoundToken {
  kind: 'session' | 'apiToken'
  lastUsedAt: Date | null
  restrictions: { hosts?: string[] } | null
  encrypted: Buffer | null
  user: UserRecord
}

interface TokenRow {
  kind: 'session' | 'apiToken'
  last_used_at: Date | null
  restrictions: { hosts?: string[] } | null
  token_encrypted: Buffer | null
  user_id: number
  username: string
  is_admin: boolean
  is_account_owner: boolean
  account_id: number
  account_name: string
}

/**
 * The session or API token with this hash, and its user: by the primary keys of both tables, in one statement. Those of a user or
 * account whose deletion was accepted are not found, although a job still has to remove them.
 */
export async function findToken(db: Db, tokenHash: Buffer): Promise<FoundToken | null> {
  // Prepared: planning six joined tables takes longer than reading their rows.
  const result = await sql<TokenRow>`/* prepared find-token */
    select 'session' as kind, s.last_used_at, null::jsonb as restrictions, null::bytea as token_encrypted,
      u.id as user_id, u.username, u.is_admin, u.is_account_owner, a.id as account_id, a.name as account_name
    from auth_session s join app_user u on u.id = s.user_id join account a on a.id = u.account_id
    where s.token_hash = ${tokenHash} and u.deleted_at is null and a.deleted_at is null
    union all
    select 'apiToken', t.last_used_at, t.restrictions, t.token_encrypted,
      u.id, u.username, u.is_admin, u.is_account_owner, a.id, a.name
    from api_token t join app_user u on u.id = t.user_id join account a on a.id = t.account_id
    where t.token_hash = ${tokenHash} and u.deleted_at is null and a.deleted_at is null
  `.execute(db)
  const row = result.rows[0]
  if (row === undefined) return null
  return {
    kind: row.kind,
    lastUsedAt: row.last_used_at,
    restrictions: row.restrictions,
    encrypted: row.token_encrypted,
    user: {
      userId: row.user_id,
      username: row.username,
      isAdmin: row.is_admin,
      isAccountOwner: row.is_account_owner,
      account: { id: row.account_id, name: row.account_name },
    },
  }
}
