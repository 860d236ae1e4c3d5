import type { Db } from '#db/database.ts'

// The rows of a user or an account whose deletion was accepted, for the job that removes them. Each call may be repeated.

/** Whose rows: those of one user, or of all users of an account. */
export interface Owner {
  accountId: number
  /** Null for the whole account. */
  userId: number | null
}

/** @returns the number of sessions removed. */
export async function removeSessions(trx: Db, { accountId, userId }: Owner): Promise<number> {
  const ofUsers = trx.selectFrom('app_user').select('id').where('account_id', '=', accountId)
  const users = userId === null ? ofUsers : ofUsers.where('id', '=', userId)
  const result = await trx.deleteFrom('auth_session').where('user_id', 'in', users).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** @returns the number of API tokens removed. */
export async function removeTokens(trx: Db, { accountId, userId }: Owner): Promise<number> {
  const ofAccount = trx.deleteFrom('api_token').where('account_id', '=', accountId)
  const result = await (userId === null ? ofAccount : ofAccount.where('user_id', '=', userId)).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Removes users whose deletion, or that of their account, was accepted. @returns how many there were. */
export async function removeUsers(trx: Db, { accountId, userId }: Owner): Promise<number> {
  const ofAccount = trx.deleteFrom('app_user').where('account_id', '=', accountId)
  const wanted =
    userId === null
      ? ofAccount.where('account_id', 'in', (query) =>
          query.selectFrom('account').select('id').where('deleted_at', 'is not', null),
        )
      : ofAccount.where('id', '=', userId).where('deleted_at', 'is not', null)
  return Number((await wanted.executeTakeFirst()).numDeletedRows)
}

/** Removes the record of an account whose deletion was accepted. */
export async function removeAccount(trx: Db, accountId: number): Promise<void> {
  await trx.deleteFrom('account').where('id', '=', accountId).where('deleted_at', 'is not', null).execute()
}
