import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { checkPassword } from '../users/check-password.ts'
import { findUser } from '../users/find-user.ts'
import type { Passwords } from '../users/passwords.ts'
import type { Principal } from '../users/user-record.ts'
import type { LoginGuard } from './login-guard.ts'

/** A new password for the caller's user. */
export interface PasswordChange {
  password: string
  /** Checked when it is given. */
  currentPassword?: string | undefined
  /** For the limit of failed tries, which logins share. */
  clientAddress: string
}

/**
 * Sets the password of the caller's user and ends all of the user's sessions except the calling one.
 *
 * @throws AppError VALIDATION_FAILED (400) for a length outside 4 to 1024 characters; CURRENT_PASSWORD_WRONG (400); RATE_LIMITED (429).
 */
export async function changePassword(
  options: { db: Db; clock: Clock; passwords: Passwords; guard: LoginGuard },
  principal: Principal,
  { password, currentPassword, clientAddress }: PasswordChange,
): Promise<void> {
  const { db, clock, passwords } = options
  checkPassword(password)
  if (currentPassword !== undefined) await checkCurrent(options, principal, currentPassword, clientAddress)
  const passwordHash = await passwords.hash(password)
  const { userId } = principal.user
  await db.transaction().execute(async (trx) => {
    const modifiedAt = new Date(clock.now())
    await trx
      .updateTable('app_user')
      .set({ password_hash: passwordHash, modified_at: modifiedAt })
      .where('id', '=', userId)
      .execute()
    // The caller's own session stays. An API token's hash matches no session, so then all of them end.
    await trx.deleteFrom('auth_session').where('user_id', '=', userId).where('token_hash', '!=', principal.tokenHash).execute()
  })
}

/** Counts as a login, so that a stolen session cannot be used to guess the password. */
async function checkCurrent(
  { db, passwords, guard }: { db: Db; passwords: Passwords; guard: LoginGuard },
  { user: { username } }: Principal,
  currentPassword: string,
  clientAddress: string,
): Promise<void> {
  const settle = guard.begin(clientAddress, username)
  let matches: boolean
  try {
    const found = await findUser(db, username)
    matches = await passwords.verify(found?.passwordHash ?? null, currentPassword)
  } catch (error) {
    settle({ signedIn: false })
    throw error
  }
  if (matches) return settle({ signedIn: false })
  throw new AppError('CURRENT_PASSWORD_WRONG', undefined, {
    fields: [{ field: '/currentPassword', message: 'is not the password of the user' }],
  })
}
