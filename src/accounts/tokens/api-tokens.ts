import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import type { Log } from '#lib/log.ts'
import type { TokenCipher } from '../secrets/token-cipher.ts'
import type { Principal } from '../users/user-record.ts'
import { checkRestrictions, type Restrictions } from './host-restrictions.ts'

/** An API token as the contract shows it; times in milliseconds since the Unix epoch. */
export interface ApiTokenRecord {
  /** The bearer string: 32 lower-case hexadecimal digits. */
  id: string
  name: string
  /** Its creator. */
  userId: number
  userEmail: string
  createdAt: number
  lastUsedAt: number | null
  restrictions: Restrictions | null
}

/** Restrictions as a client sends them: `{}` and an empty list mean that any origin may use the token. */
export type GivenRestrictions = { hosts?: string[] | undefined } | null

export interface ApiTokens {
  /** The tokens of the caller's whole account, newest first. */
  list(principal: Principal): Promise<ApiTokenRecord[]>
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

interface ApiTokenRow {
  token_hash: Buffer
  token_encrypted: Buffer
  name: string
  user_id: number
  username: string
  created_at: Date
  last_used_at: Date | null
  restrictions: { hosts?: string[] } | null
}

export interface ApiTokensOptions {
  db: Db
  clock: Clock
  log: Log
  cipher: TokenCipher
  /** Called when a token has been changed or deleted, before the caller learns of it. */
  onChange(): void
}

/**
 * A token whose bearer string cannot be decrypted (the key file was lost) is listed under the first half of its hash instead.
 * That handle opens nothing, but update and delete take it: a token nobody can name could never be revoked. The string comes
 * back when the token is used.
 */
export function createApiTokens({ db, clock, log, cipher, onChange }: ApiTokensOptions): ApiTokens {
  function toRecord(row: ApiTokenRow): ApiTokenRecord & { decrypted: boolean } {
    const bearer = cipher.decrypt(row.token_encrypted)
    return {
      id: bearer ?? handleOf(row.token_hash),
      name: row.name,
      userId: row.user_id,
      userEmail: row.username,
      createdAt: row.created_at.getTime(),
      lastUsedAt: row.last_used_at?.getTime() ?? null,
      restrictions: row.restrictions === null ? null : { hosts: row.restrictions.hosts ?? [] },
      decrypted: bearer !== null,
    }
  }

  function show(rows: readonly ApiTokenRow[]): ApiTokenRecord[] {
    const records = rows.map(toRecord)
    const lost = records.filter((record) => !record.decrypted).length
    if (lost > 0) {
      log.warn(
        { tokens: lost },
        'API tokens were encrypted under another secret key: they are listed without their bearer string until they are used',
      )
    }
    return records.map(({ decrypted: _, ...record }) => record)
  }

  // uses api_token_account
  const select = (accountId: number) =>
    db
      .selectFrom('api_token')
      .innerJoin('app_user', 'app_user.id', 'api_token.user_id')
      .select([
        'api_token.token_hash',
        'api_token.token_encrypted',
        'api_token.name',
        'api_token.user_id',
        'app_user.username',
        'api_token.created_at',
        'api_token.last_used_at',
        'api_token.restrictions',
      ])
      .where('api_token.account_id', '=', accountId)

  /** The hash of the account's token with this bearer string or handle. */
  async function locate(principal: Principal, id: string): Promise<Buffer> {
    const missing = () => new AppError('TOKEN_NOT_FOUND', 404, 'There is no such API token on your account.')
    if (!/^[0-9a-f]{32}$/i.test(id)) throw missing()
    const hash = sha256(id.toLowerCase())
    const start = Buffer.from(id, 'hex')
    const found = await db
      .selectFrom('api_token')
      .select('token_hash')
      .where('account_id', '=', principal.user.account.id)
      .where((where) =>
        where.or([where('token_hash', '=', hash), where(sql<Buffer>`substring(token_hash from 1 for 16)`, '=', start)]),
      )
      .executeTakeFirst()
    if (found === undefined) throw missing()
    return found.token_hash
  }

  return {
    async list(principal) {
      return show(await select(principal.user.account.id).orderBy('created_at', 'desc').orderBy('token_hash').execute())
    },

    async create(principal, { name, restrictions = null }) {
      const checked = checkRestrictions(restrictions)
      const bearer = newToken()
      const createdAt = new Date(clock.now())
      await db
        .insertInto('api_token')
        .values({
          token_hash: sha256(bearer),
          token_encrypted: cipher.encrypt(bearer),
          name,
          user_id: principal.user.userId,
          account_id: principal.user.account.id,
          restrictions: checked === null ? null : JSON.stringify(checked),
          created_at: createdAt,
        })
        .execute()
      return {
        id: bearer,
        name,
        userId: principal.user.userId,
        userEmail: principal.user.username,
        createdAt: createdAt.getTime(),
        lastUsedAt: null,
        restrictions: checked,
      }
    },

    async update(principal, id, changes) {
      const hash = await locate(principal, id)
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
      const [record] = show(await select(principal.user.account.id).where('token_hash', '=', hash).execute())
      if (record === undefined) throw new AppError('TOKEN_NOT_FOUND', 404, 'There is no such API token on your account.')
      return record
    },

    async delete(principal, id) {
      const hash = await locate(principal, id)
      await db.deleteFrom('api_token').where('token_hash', '=', hash).execute()
      onChange()
    },
  }
}

function handleOf(tokenHash: Buffer): string {
  return tokenHash.subarray(0, 16).toString('hex')
}
