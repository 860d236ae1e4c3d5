import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import type { ApiTokenRecord } from '../tokens/token-rows.ts'

// Users and accounts as administrators see them, with the documented contract's names; times in milliseconds since the Unix epoch. Those
// whose deletion was accepted are left out.

/** A user in a list. */
export interface AdminUser {
  id: number
  /** The user name. */
  email: string
  accountId: number
  isAdmin: boolean
  createdAt: number
}

/** One user. */
export interface AdminUserDetail extends AdminUser {
  modifiedAt: number
}

/** An account. */
export interface AccountRecord {
  id: number
  name: string
  planInstance: string | null
  metadata: Record<string, unknown>
  createdAt: number
}

/** An API token with its account. */
export interface AdminToken extends ApiTokenRecord {
  accountId: number
}

/** Every user of every account, oldest first. */
export async function listUsers(db: Db): Promise<AdminUser[]> {
  const rows = await selectUsers(db).orderBy('app_user.id').execute()
  return rows.map((row) => {
    const { modifiedAt: _, ...user } = toUser(row)
    return user
  })
}

/** @throws AppError USER_NOT_FOUND (404). */
export async function getUser(db: Db, id: number): Promise<AdminUserDetail> {
  const row = await selectUsers(db).where('app_user.id', '=', existing(id, userNotFound)).executeTakeFirst()
  if (row === undefined) throw userNotFound(id)
  return toUser(row)
}

/** Every account, oldest first. */
export async function listAccounts(db: Db): Promise<AccountRecord[]> {
  return (await selectAccounts(db).orderBy('id').execute()).map(toAccount)
}

/** @throws AppError ACCOUNT_NOT_FOUND (404). */
export async function getAccount(db: Db, id: number): Promise<AccountRecord> {
  const row = await selectAccounts(db).where('id', '=', existing(id, accountNotFound)).executeTakeFirst()
  if (row === undefined) throw accountNotFound(id)
  return toAccount(row)
}

/**
 * An account, locked so that its deletion waits for the end of the transaction.
 *
 * @throws AppError ACCOUNT_NOT_FOUND (404).
 */
export async function holdAccount(trx: Db, id: number): Promise<AccountRecord> {
  const query = selectAccounts(trx).where('id', '=', existing(id, accountNotFound))
  const row = await query.forShare().executeTakeFirst()
  if (row === undefined) throw accountNotFound(id)
  return toAccount(row)
}

export function userNotFound(id: number): AppError {
  return new AppError('USER_NOT_FOUND', `There is no user ${id}.`)
}

export function accountNotFound(id: number): AppError {
  return new AppError('ACCOUNT_NOT_FOUND', `There is no account ${id}.`)
}

/** The id as the database takes it. @throws the error of `missing` for a number that cannot be an id. */
export function existing(id: number, missing: (id: number) => AppError): number {
  if (!Number.isSafeInteger(id)) throw missing(id)
  return id
}

function selectUsers(db: Db) {
  return db
    .selectFrom('app_user')
    .innerJoin('account', 'account.id', 'app_user.account_id')
    .select(['app_user.id', 'username', 'account_id', 'is_admin', 'app_user.created_at', 'modified_at'])
    .where('app_user.deleted_at', 'is', null)
    .where('account.deleted_at', 'is', null)
}

function selectAccounts(db: Db) {
  return db
    .selectFrom('account')
    .select(['id', 'name', 'plan_instance', 'metadata', 'created_at'])
    .where('deleted_at', 'is', null)
}

function toUser(row: {
  id: number
  username: string
  account_id: number
  is_admin: boolean
  created_at: Date
  modified_at: Date
}): AdminUserDetail {
  return {
    id: row.id,
    email: row.username,
    accountId: row.account_id,
    isAdmin: row.is_admin,
    createdAt: row.created_at.getTime(),
    modifiedAt: row.modified_at.getTime(),
  }
}

function toAccount(row: {
  id: number
  name: string
  plan_instance: string | null
  metadata: Record<string, unknown>
  created_at: Date
}): AccountRecord {
  return {
    id: row.id,
    name: row.name,
    planInstance: row.plan_instance,
    metadata: row.metadata,
    createdAt: row.created_at.getTime(),
  }
}
