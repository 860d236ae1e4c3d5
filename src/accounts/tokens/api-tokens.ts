import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { TokenCipher } from '../secrets/token-cipher.ts'
import type { Principal } from '../users/user-record.ts'
import { checkRestrictions } from './host-restrictions.ts'
import { insertToken } from './insert-token.ts'
import {
  type ApiTokenRecord,
  type ApiTokenRow,
  handleOf,
  type ListedToken,
  locateToken,
  selectTokens,
  showTokens,
  tokenNotFound,
} from './token-rows.ts'

/** Restrictions as a client sends them: `{}` and an empty list mean that any origin may use the token. */
export type GivenRestrictions = { hosts?: string[] | undefined } | null

export interface ApiTokens {
  /** The tokens of the caller's whole account, newest first; those of administrators masked unless the caller is one. */
  list(principal: Principal): Promise<ListedToken[]>
  create(principal: Principal, token: { name: string; restrictions?: GivenRestrictions | undefined }): Promise<ApiTokenRecord>
  /** Changes what is given; null restrictions are cleared. @throws AppError TOKEN_NOT_FOUND (404) outside the account. */
  update(
    principal: Principal,
    id: string,
    changes: { name?: string | undefined; restrictions?: GivenRestrictions | undefined },
  ): Promise<ApiTokenRecord>
  /** @throws AppError TOKEN_NOT_FOUND (404) outside the account. */
  delete(principal: Principal, id: string): Promise<void>
}

export interface ApiTokensOptions {
  db: Db
  clock: Clock
  log: Log
  cipher: TokenCipher
  /** Called when a token has been changed or deleted, before the caller learns of it. */
  onChange(): void
}

/** The API tokens of the caller's account. */
export function createApiTokens({ db, clock, log, cipher, onChange }: ApiTokensOptions): ApiTokens {
  const show = (rows: readonly ApiTokenRow[], { user }: Principal) => showTokens(rows, user, { cipher, log })

  return {
    async list(principal) {
      const rows = await selectTokens(db, principal.user.account.id).orderBy('created_at', 'desc').orderBy('token_hash').execute()
      return show(rows, principal).map((record, at) => ({ ...record, handle: handleOf((rows[at] as ApiTokenRow).token_hash) }))
    },

    async create(principal, { name, restrictions = null }) {
      const { userId, username, account } = principal.user
      return await insertToken(db, cipher, {
        name,
        user: { id: userId, username },
        accountId: account.id,
        restrictions: checkRestrictions(restrictions),
        at: new Date(clock.now()),
      })
    },

    async update(principal, id, changes) {
      const hash = await locateToken(db, principal.user.account.id, id)
      const values: { name?: string; restrictions?: string | null } = {}
      if (changes.name !== undefined) values.name = changes.name
      if (changes.restrictions !== undefined) {
        const checked = checkRestrictions(changes.restrictions)
        values.restrictions = checked === null ? null : JSON.stringify(checked)
      }
      if (Object.keys(values).length > 0) {
        await db.updateTable('api_token').set(values).where('token_hash', '=', hash).execute()
        onChange()
      }
      const rows = await selectTokens(db, principal.user.account.id).where('token_hash', '=', hash).execute()
      const [record] = show(rows, principal)
      if (record === undefined) throw tokenNotFound()
      return record
    },

    async delete(principal, id) {
      const hash = await locateToken(db, principal.user.account.id, id)
      await db.deleteFrom('api_token').where('token_hash', '=', hash).execute()
      onChange()
    },
  }
}
