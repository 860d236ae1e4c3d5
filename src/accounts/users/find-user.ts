import type { Db } from '#db/database.ts'
import type { UserRecord } from './user-record.ts'

export interface FoundUser {
  user: UserRecord
  passwordHash: string
}

/** The user of this exact name, or null, also when a deletion was accepted; uses the unique index on username. */
export async function findUser(db: Db, username: string): Promise<FoundUser | null> {
  const row = await db
    .selectFrom('app_user')
    .innerJoin('account', 'account.id', 'app_user.account_id')
    .select([
      'app_user.id',
      'app_user.username',
      'app_user.password_hash',
      'app_user.is_admin',
      'app_user.is_account_owner',
      'account.id as account_id',
      'account.name as account_name',
    ])
    .where('app_user.username', '=', username)
    .where('app_user.deleted_at', 'is', null)
    .where('account.deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    passwordHash: row.password_hash,
    user: {
      userId: row.id,
      username: row.username,
      isAdmin: row.is_admin,
      isAccountOwner: row.is_account_owner,
      account: { id: row.account_id, name: row.account_name },
    },
  }
}
