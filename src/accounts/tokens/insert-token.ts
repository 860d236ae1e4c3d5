import type { Db } from '#db/database.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import type { TokenCipher } from '../secrets/token-cipher.ts'
import type { Restrictions } from './host-restrictions.ts'
import type { ApiTokenRecord } from './token-rows.ts'

/** An API token to create. */
export interface NewToken {
  name: string
  user: { id: number; username: string }
  accountId: number
  /** As `checkRestrictions` returns them. */
  restrictions: Restrictions | null
  at: Date
}

/** Creates a token with a new bearer string, and stores its hash and its encrypted form. */
export async function insertToken(db: Db, cipher: TokenCipher, token: NewToken): Promise<ApiTokenRecord> {
  const bearer = newToken()
  const { name, user, accountId, restrictions, at } = token
  await db
    .insertInto('api_token')
    .values({
      token_hash: sha256(bearer),
      token_encrypted: cipher.encrypt(bearer),
      name,
      user_id: user.id,
      account_id: accountId,
      restrictions: restrictions === null ? null : JSON.stringify(restrictions),
      created_at: at,
    })
    .execute()
  return {
    id: bearer,
    name,
    userId: user.id,
    userEmail: user.username,
    createdAt: at.getTime(),
    lastUsedAt: null,
    restrictions,
  }
}
