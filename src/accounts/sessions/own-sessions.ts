import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import type { Principal } from '../users/user-record.ts'

/** A session as its user sees it; times in milliseconds since the Unix epoch. */
export interface SessionRecord {
  /** The first half of the hash of its bearer string, as 32 hexadecimal digits: it grants no access. */
  id: string
  createdAt: number
  /** Precise to a minute; null when it was never used after the login. */
  lastUsedAt: number | null
  /** The `User-Agent` of the login, at most 200 characters; null when none was sent. */
  userAgent: string | null
  /** Whether the request came with this session. */
  current: boolean
}

/** The longest user agent that is stored. */
export const MAXIMUM_USER_AGENT = 200
/** Sessions never expire, so a script that logs in again and again leaves many: the list has the newest. */
const MOST_LISTED = 1_000
const ID_BYTES = 16

/** The caller's sessions, newest first, at most 1,000. Uses the index auth_session_user. */
export async function listSessions(db: Db, principal: Principal): Promise<SessionRecord[]> {
  const rows = await db
    .selectFrom('auth_session')
    .select(['token_hash', 'created_at', 'last_used_at', 'user_agent'])
    .where('user_id', '=', principal.user.userId)
    .orderBy('created_at', 'desc')
    .orderBy('token_hash')
    .limit(MOST_LISTED)
    .execute()
  return rows.map((row) => ({
    id: row.token_hash.subarray(0, ID_BYTES).toString('hex'),
    createdAt: row.created_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
    userAgent: row.user_agent,
    current: row.token_hash.equals(principal.tokenHash),
  }))
}

/** Ends one of the caller's sessions. @throws AppError SESSION_NOT_FOUND (404). */
export async function endSession(db: Db, principal: Principal, id: string): Promise<void> {
  if (!/^[0-9a-f]{32}$/i.test(id)) throw new AppError('SESSION_NOT_FOUND')
  const ended = await db
    .deleteFrom('auth_session')
    .where('user_id', '=', principal.user.userId)
    .where(sql<Buffer>`substring(token_hash from 1 for ${ID_BYTES})`, '=', Buffer.from(id, 'hex'))
    .executeTakeFirst()
  if (ended.numDeletedRows === 0n) throw new AppError('SESSION_NOT_FOUND')
}
