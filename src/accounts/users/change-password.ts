import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { invalidField } from '#lib/errors.ts'
import { MAXIMUM_PASSWORD_LENGTH, MINIMUM_PASSWORD_LENGTH, type Passwords } from './passwords.ts'
import type { Principal } from './user-record.ts'

/**
 * Sets the password of the caller's user and ends all of the user's sessions except the calling one.
 *
 * @throws AppError VALIDATION_FAILED (400) for a length outside 4 to 1024 characters.
 */
export async function changePassword(
  { db, clock, passwords }: { db: Db; clock: Clock; passwords: Passwords },
  principal: Principal,
  password: string,
): Promise<void> {
  const length = [...password].length
  if (length < MINIMUM_PASSWORD_LENGTH || length > MAXIMUM_PASSWORD_LENGTH) {
    throw invalidField('body', '/password', `must have ${MINIMUM_PASSWORD_LENGTH} to ${MAXIMUM_PASSWORD_LENGTH} characters`)
  }
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
