import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import { sha256 } from '#lib/ids.ts'
import type { Log } from '#lib/log.ts'
import type { TokenCipher } from '../secrets/token-cipher.ts'
import type { UserRecord } from '../users/user-record.ts'
import type { Restrictions } from './host-restrictions.ts'

// A token whose bearer string cannot be decrypted (the key file was lost), or must not be shown to the caller, is listed under the first
// half of its hash. That handle grants no access, but update and delete accept it, so that the token can be revoked.

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

/**
 * A token of a list, with the handle that names it in update and delete and grants no access. `id` equals it where the bearer string is
 * hidden.
 */
export interface ListedToken extends ApiTokenRecord {
  handle: string
}

export interface ApiTokenRow {
  token_hash: Buffer
  token_encrypted: Buffer
  name: string
  user_id: number
  username: string
  is_admin: boolean
  created_at: Date
  last_used_at: Date | null
  restrictions: { hosts?: string[] } | null
}

/** The tokens of an account, unordered, without those of deleted users; uses the index api_token_account. */
export function selectTokens(db: Db, accountId: number) {
  return db
    .selectFrom('api_token')
    .innerJoin('app_user', 'app_user.id', 'api_token.user_id')
    .select([
      'api_token.token_hash',
      'api_token.token_encrypted',
      'api_token.name',
      'api_token.user_id',
      'app_user.username',
      'app_user.is_admin',
      'api_token.created_at',
      'api_token.last_used_at',
      'api_token.restrictions',
    ])
    .where('api_token.account_id', '=', accountId)
    .where('app_user.deleted_at', 'is', null)
}

/** The hash of the account's token with this bearer string or handle. */
export async function locateToken(db: Db, accountId: number, id: string): Promise<Buffer> {
  if (!/^[0-9a-f]{32}$/i.test(id)) throw tokenNotFound()
  const hash = sha256(id.toLowerCase())
  const start = Buffer.from(id, 'hex')
  const found = await db
    .selectFrom('api_token')
    .select('token_hash')
    .where('account_id', '=', accountId)
    .where((where) =>
      where.or([where('token_hash', '=', hash), where(sql<Buffer>`substring(token_hash from 1 for 16)`, '=', start)]),
    )
    .executeTakeFirst()
  if (found === undefined) throw tokenNotFound()
  return found.token_hash
}

/**
 * The tokens as the API shows them to a user: those of administrators only to administrators with their bearer string. One warning
 * counts the tokens that cannot be decrypted.
 */
export function showTokens(
  rows: readonly ApiTokenRow[],
  viewer: UserRecord,
  { cipher, log }: { cipher: TokenCipher; log: Log },
): ApiTokenRecord[] {
  const records = rows.map((row) => toRecord(row, cipher, row.is_admin && !viewer.isAdmin))
  const lost = records.filter((record) => !record.decrypted).length
  if (lost > 0) {
    log.warn(
      { tokens: lost },
      'API tokens were encrypted under another secret key: they are listed without their bearer string until they are used',
    )
  }
  return records.map(({ decrypted: _, ...record }) => record)
}

function toRecord(row: ApiTokenRow, cipher: TokenCipher, masked: boolean): ApiTokenRecord & { decrypted: boolean } {
  const bearer = cipher.decrypt(row.token_encrypted)
  return {
    id: masked || bearer === null ? handleOf(row.token_hash) : bearer,
    name: row.name,
    userId: row.user_id,
    userEmail: row.username,
    createdAt: row.created_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
    restrictions: row.restrictions === null ? null : { hosts: row.restrictions.hosts ?? [] },
    decrypted: bearer !== null,
  }
}

export function tokenNotFound(): AppError {
  return new AppError('TOKEN_NOT_FOUND')
}

/** Names a token without granting access. */
export function handleOf(tokenHash: Buffer): string {
  return tokenHash.subarray(0, 16).toString('hex')
}
