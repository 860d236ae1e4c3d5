import { type SqlBool, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import type { Principal } from '../users/user-record.ts'
import { accountNotFound, existing, userNotFound } from './admin-records.ts'

// A deletion is accepted in the transaction that creates its job: from its commit on, no session and no token of the user or the account
// is found any more (`findToken`). The job removes the rows.

/** The outcome of a request to delete: it needs a new job, or a pending or running one already does the work. */
export type Deletion = { outcome: 'accepted' } | { outcome: 'already'; jobId: string }

// "dele" in ASCII; used for nothing else.
const ACCOUNT_DELETION_LOCK = 0x64656c65

/**
 * Accepts the deletion of a user. A user whose deletion ended without deleting (its job failed or was cancelled) gets a new job.
 *
 * @param trx the transaction that creates the job.
 * @throws AppError USER_NOT_FOUND (404); USER_NOT_DELETABLE (400) for the caller, an administrator or the only user of an account.
 */
export async function acceptUserDeletion(trx: Db, caller: Principal, id: number, jobId: string): Promise<Deletion> {
  const found = await findDeletableUser(trx, id)
  // Two deletions in one account take turns: each must see whether it takes the last user.
  await trx.selectFrom('account').select('id').where('id', '=', found.accountId).forNoKeyUpdate().executeTakeFirst()
  const user = await findDeletableUser(trx, id)
  if (user.activeJobId !== null) return { outcome: 'already', jobId: user.activeJobId }
  if (id === caller.user.userId) throw notDeletable('You cannot delete yourself.')
  if (user.isAdmin) throw notDeletable('An administrator cannot be deleted.')
  if (!user.isDeleted) {
    const other = await trx
      .selectFrom('app_user')
      .select('id')
      .where('account_id', '=', user.accountId)
      .where('id', '!=', id)
      .where('deleted_at', 'is', null)
      .limit(1)
      .executeTakeFirst()
    if (other === undefined) throw notDeletable('The user is the only one of the account: delete the account instead.')
  }
  await trx
    .updateTable('app_user')
    .set({ deleted_at: sql<Date>`coalesce(deleted_at, now())`, delete_job_id: jobId })
    .where('id', '=', id)
    .execute()
  return { outcome: 'accepted' }
}

/** The account and the name of an existing user, including one whose deletion was accepted. @throws AppError USER_NOT_FOUND (404). */
export async function findDeletableUser(
  db: Db,
  id: number,
): Promise<{ accountId: number; username: string; isAdmin: boolean; isDeleted: boolean; activeJobId: string | null }> {
  const row = await db
    .selectFrom('app_user')
    .innerJoin('account', 'account.id', 'app_user.account_id')
    .leftJoin('job', (join) => join.onRef('job.id', '=', 'app_user.delete_job_id').on(isActive))
    .select(['app_user.account_id', 'username', 'is_admin', 'app_user.deleted_at', 'job.id as active_job_id'])
    .where('app_user.id', '=', existing(id, userNotFound))
    .where('account.deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw userNotFound(id)
  return {
    accountId: row.account_id,
    username: row.username,
    isAdmin: row.is_admin,
    isDeleted: row.deleted_at !== null,
    activeJobId: row.active_job_id,
  }
}

/**
 * Accepts the deletion of an account with all its users. An account whose deletion ended without deleting gets a new job.
 *
 * @param trx the transaction that creates the job.
 * @throws AppError ACCOUNT_NOT_FOUND (404); ACCOUNT_NOT_DELETABLE (400) for the caller's own; TOKEN_INVALID (401) when the caller's
 *   account was deleted meanwhile.
 */
export async function acceptAccountDeletion(trx: Db, caller: Principal, id: number, jobId: string): Promise<Deletion> {
  if (id === caller.user.account.id) throw new AppError('ACCOUNT_NOT_DELETABLE')
  // When two administrators delete each other's accounts, the second must find its own account gone, so that one of them always remains.
  await sql`select pg_advisory_xact_lock(${ACCOUNT_DELETION_LOCK})`.execute(trx)
  const own = await trx
    .selectFrom('account')
    .select('id')
    .where('id', '=', caller.user.account.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (own === undefined) throw new AppError('TOKEN_INVALID')
  await trx.selectFrom('account').select('id').where('id', '=', existing(id, accountNotFound)).forNoKeyUpdate().execute()
  const { activeJobId } = await findDeletableAccount(trx, id)
  if (activeJobId !== null) return { outcome: 'already', jobId: activeJobId }
  await trx
    .updateTable('account')
    .set({ deleted_at: sql<Date>`coalesce(deleted_at, now())`, delete_job_id: jobId })
    .where('id', '=', id)
    .execute()
  return { outcome: 'accepted' }
}

/** The name of an existing account, including one whose deletion was accepted. @throws AppError ACCOUNT_NOT_FOUND (404). */
export async function findDeletableAccount(db: Db, id: number): Promise<{ name: string; activeJobId: string | null }> {
  const row = await db
    .selectFrom('account')
    .leftJoin('job', (join) => join.onRef('job.id', '=', 'account.delete_job_id').on(isActive))
    .select(['account.name', 'job.id as active_job_id'])
    .where('account.id', '=', existing(id, accountNotFound))
    .executeTakeFirst()
  if (row === undefined) throw accountNotFound(id)
  return { name: row.name, activeJobId: row.active_job_id }
}

const isActive = sql<SqlBool>`job.job_state in ('pending', 'running')`

function notDeletable(message: string): AppError {
  return new AppError('USER_NOT_DELETABLE', message)
}
