import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { invalidField } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { TokenCipher } from '../secrets/token-cipher.ts'
import type { GivenRestrictions } from '../tokens/api-tokens.ts'
import { checkRestrictions } from '../tokens/host-restrictions.ts'
import { insertToken } from '../tokens/insert-token.ts'
import { locateToken, selectTokens, showTokens } from '../tokens/token-rows.ts'
import type { Principal } from '../users/user-record.ts'
import { type AdminToken, getAccount, getUser, holdAccount } from './admin-records.ts'

/** A token that an administrator creates for a user. */
export interface TokenForUser {
  userId: number
  accountId: number
  name: string
  restrictions?: GivenRestrictions | undefined
}

/** The tokens of all users of an account, newest first. @throws AppError ACCOUNT_NOT_FOUND (404). */
export async function listAccountTokens(
  { db, log, cipher }: { db: Db; log: Log; cipher: TokenCipher },
  caller: Principal,
  accountId: number,
): Promise<AdminToken[]> {
  await getAccount(db, accountId)
  const rows = await selectTokens(db, accountId).orderBy('created_at', 'desc').orderBy('token_hash').execute()
  return showTokens(rows, caller.user, { cipher, log }).map((token) => ({ ...token, accountId }))
}

/**
 * Creates a token for a user of any account.
 *
 * @throws AppError USER_NOT_FOUND, ACCOUNT_NOT_FOUND (404), USER_NOT_IN_ACCOUNT, VALIDATION_FAILED (400).
 */
export async function createTokenFor(
  { db, clock, cipher }: { db: Db; clock: Clock; cipher: TokenCipher },
  { userId, accountId, name, restrictions = null }: TokenForUser,
): Promise<AdminToken> {
  const checked = checkRestrictions(restrictions)
  return await db.transaction().execute(async (trx) => {
    await holdAccount(trx, accountId)
    const user = await getUser(trx, userId)
    if (user.accountId !== accountId) {
      throw invalidField('body', '/userId', `is a user of account ${user.accountId}`, { code: 'USER_NOT_IN_ACCOUNT' })
    }
    const at = new Date(clock.now())
    const owner = { id: userId, username: user.email }
    const token = await insertToken(trx, cipher, { name, user: owner, accountId, restrictions: checked, at })
    return { ...token, accountId }
  })
}

/**
 * Deletes a token of an account, by its bearer string or its handle.
 *
 * @throws AppError ACCOUNT_NOT_FOUND, TOKEN_NOT_FOUND (404).
 */
export async function deleteAccountToken(db: Db, { accountId, id }: { accountId: number; id: string }): Promise<void> {
  await getAccount(db, accountId)
  const hash = await locateToken(db, accountId, id)
  await db.deleteFrom('api_token').where('token_hash', '=', hash).execute()
}
