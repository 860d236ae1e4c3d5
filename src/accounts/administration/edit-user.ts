import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { invalidField } from '#lib/errors.ts'
import { checkPassword } from '../users/check-password.ts'
import type { Passwords } from '../users/passwords.ts'
import type { Principal } from '../users/user-record.ts'
import { type AccountRecord, type AdminUserDetail, accountNotFound, existing, getAccount, getUser } from './admin-records.ts'
import { nameIsFree } from './create-user.ts'

/** A user after a change, as the contract shows it. */
export type EditedUser = Pick<AdminUserDetail, 'id' | 'email' | 'createdAt' | 'modifiedAt'>

/** Changes of a user; omitted ones leave it as it is. */
export interface UserChanges {
  id: number
  username?: string | undefined
  password?: string | undefined
}

/**
 * Changes the name or the password of a user. A new password ends the user's sessions, except the calling one.
 *
 * @throws AppError USER_NOT_FOUND (404), USERNAME_TAKEN, VALIDATION_FAILED (400).
 */
export async function editUser(
  { db, clock, passwords }: { db: Db; clock: Clock; passwords: Passwords },
  caller: Principal,
  { id, username, password }: UserChanges,
): Promise<EditedUser> {
  if (username === undefined && password === undefined) {
    throw invalidField('body', '', 'must have a username, a password or both')
  }
  if (password !== undefined) checkPassword(password)
  await getUser(db, id)
  const changes: { username?: string; password_hash?: string } = {}
  if (username !== undefined) changes.username = username
  if (password !== undefined) changes.password_hash = await passwords.hash(password)
  const modified = { ...changes, modified_at: new Date(clock.now()) }
  const user = await nameIsFree(username ?? '', () =>
    db.transaction().execute(async (trx) => {
      await trx.updateTable('app_user').set(modified).where('id', '=', id).execute()
      if (password !== undefined) {
        await trx.deleteFrom('auth_session').where('user_id', '=', id).where('token_hash', '!=', caller.tokenHash).execute()
      }
      return await getUser(trx, id)
    }),
  )
  return { id: user.id, email: user.email, createdAt: user.createdAt, modifiedAt: user.modifiedAt }
}

/** Renames an account. @throws AppError ACCOUNT_NOT_FOUND (404). */
export async function editAccount(db: Db, { id, name }: { id: number; name: string }): Promise<AccountRecord> {
  return await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('account')
      .set({ name })
      .where('id', '=', existing(id, accountNotFound))
      .where('deleted_at', 'is', null)
      .execute()
    return await getAccount(trx, id)
  })
}
