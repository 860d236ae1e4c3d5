import { isUniqueViolation } from '#db/connection-error.ts'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { TokenCipher } from '../secrets/token-cipher.ts'
import { insertToken } from '../tokens/insert-token.ts'
import { checkPassword } from '../users/check-password.ts'
import type { Passwords } from '../users/passwords.ts'
import type { Principal } from '../users/user-record.ts'
import { type AccountRecord, type AdminToken, type AdminUser, getAccount, holdAccount } from './admin-records.ts'

/** The user name and password of a new user. */
export interface Credentials {
  username: string
  password: string
}

/** A new user with the token that was created for it. */
export interface CreatedUser {
  user: AdminUser
  initialToken: AdminToken
}

/** What creating needs. */
export interface CreationOptions {
  db: Db
  clock: Clock
  passwords: Passwords
  cipher: TokenCipher
}

/**
 * Creates a user of an account with an API token named `Default`, both or none.
 *
 * @throws AppError ACCOUNT_NOT_FOUND (404), USERNAME_TAKEN, VALIDATION_FAILED (400).
 */
export async function createUser(
  options: CreationOptions,
  { accountId, ...credentials }: Credentials & { accountId: number },
): Promise<CreatedUser> {
  checkPassword(credentials.password)
  // Before the costly hash; the transaction looks again.
  await getAccount(options.db, accountId)
  const passwordHash = await options.passwords.hash(credentials.password)
  return await nameIsFree(credentials.username, () =>
    options.db.transaction().execute(async (trx) => {
      const { id } = await holdAccount(trx, accountId)
      return await insertUser(trx, options, { accountId: id, username: credentials.username, passwordHash, isOwner: false })
    }),
  )
}

/**
 * Creates an account with its first user, who owns it, and that user's API token: all or none. The account inherits `planInstance` from
 * the caller's.
 *
 * @throws AppError USERNAME_TAKEN, VALIDATION_FAILED (400).
 */
export async function createAccount(
  options: CreationOptions,
  caller: Principal,
  { name, username, password }: Credentials & { name: string },
): Promise<CreatedUser & { account: AccountRecord }> {
  checkPassword(password)
  const passwordHash = await options.passwords.hash(password)
  return await nameIsFree(username, () =>
    options.db.transaction().execute(async (trx) => {
      const { planInstance } = await holdAccount(trx, caller.user.account.id)
      const at = new Date(options.clock.now())
      const account = await trx
        .insertInto('account')
        .values({ name, plan_instance: planInstance, created_at: at })
        .returning('id')
        .executeTakeFirstOrThrow()
      const created = await insertUser(trx, options, { accountId: account.id, username, passwordHash, isOwner: true })
      return { account: { id: account.id, name, planInstance, metadata: {}, createdAt: at.getTime() }, ...created }
    }),
  )
}

async function insertUser(
  trx: Db,
  { clock, cipher }: CreationOptions,
  given: { accountId: number; username: string; passwordHash: string; isOwner: boolean },
): Promise<CreatedUser> {
  const { accountId, username } = given
  const at = new Date(clock.now())
  const { id } = await trx
    .insertInto('app_user')
    .values({
      account_id: accountId,
      username,
      password_hash: given.passwordHash,
      is_account_owner: given.isOwner,
      created_at: at,
      modified_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const token = await insertToken(trx, cipher, { name: 'Default', user: { id, username }, accountId, restrictions: null, at })
  return {
    user: { id, accountId, email: username, isAdmin: false, createdAt: at.getTime() },
    initialToken: { ...token, accountId },
  }
}

/** Runs writes of a user name. @throws AppError USERNAME_TAKEN (400) when another user has it. */
export async function nameIsFree<T>(username: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error, 'app_user_username_key')) throw error
    const fields = [{ field: '/username', message: 'is taken' }]
    throw new AppError('USERNAME_TAKEN', `Another user has the name ${username}.`, { cause: error, fields })
  }
}
