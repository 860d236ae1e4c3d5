import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import { findUser } from '../users/find-user.ts'
import type { Passwords } from '../users/passwords.ts'
import type { Principal, UserRecord } from '../users/user-record.ts'
import type { LoginGuard } from './login-guard.ts'
import { endSession, listSessions, MAXIMUM_USER_AGENT, type SessionRecord } from './own-sessions.ts'

export interface Login {
  /** `id` is the session's bearer string. */
  token: { id: string; userId: number }
  user: UserRecord
}

/** Someone who wants to sign in. */
export interface LoginAttempt {
  username: string
  password: string
  clientAddress: string
  /** The `User-Agent` of the request. */
  userAgent?: string | undefined
}

export interface Sessions {
  /**
   * Opens a session.
   *
   * @throws AppError INVALID_CREDENTIALS (401), the same for an unknown user and a wrong password; RATE_LIMITED (429).
   */
  login(attempt: LoginAttempt): Promise<Login>
  /** Ends the session. @throws AppError SESSION_REQUIRED (401) for an API token, which keeps working. */
  logout(principal: Principal): Promise<void>
  /** The caller's own sessions; see `listSessions`. */
  listSessions(principal: Principal): Promise<SessionRecord[]>
  /** Ends one of the caller's own sessions, which may be the calling one. @throws AppError SESSION_NOT_FOUND (404). */
  endSession(principal: Principal, id: string): Promise<void>
}

export interface SessionsOptions {
  db: Db
  clock: Clock
  passwords: Passwords
  guard: LoginGuard
  /** Called when a session has ended, before the caller learns of it. */
  onChange(): void
}

export function createSessions({ db, clock, passwords, guard, onChange }: SessionsOptions): Sessions {
  return {
    async login({ username, password, clientAddress, userAgent = '' }) {
      const refused = () => new AppError('INVALID_CREDENTIALS')
      const settle = guard.begin(clientAddress, username)
      try {
        // No user has a name that PostgreSQL cannot hold.
        const found = username.includes('\0') ? null : await findUser(db, username)
        const matches = await passwords.verify(found?.passwordHash ?? null, password)
        if (found === null || !matches) throw refused()
        const bearer = newToken()
        const { user, passwordHash } = found
        const session = { tokenHash: sha256(bearer), userId: user.userId, passwordHash, at: new Date(clock.now()) }
        const agent = userAgent === '' ? null : userAgent.slice(0, MAXIMUM_USER_AGENT)
        if (!(await insertSession(db, { ...session, userAgent: agent }))) throw refused()
        settle({ signedIn: true })
        return { token: { id: bearer, userId: user.userId }, user }
      } catch (error) {
        // An unreachable database proves nothing about the password.
        if (!(error instanceof AppError)) settle({ signedIn: false })
        throw error
      }
    },

    async logout(principal) {
      if (principal.kind !== 'session') {
        throw new AppError('SESSION_REQUIRED', 'Only a session can log out; delete an API token to end it.')
      }
      await db.deleteFrom('auth_session').where('token_hash', '=', principal.tokenHash).execute()
      onChange()
    },

    listSessions: (principal) => listSessions(db, principal),

    async endSession(principal, id) {
      await endSession(db, principal, id)
      onChange()
    },
  }
}

/**
 * Adds a session unless the password was changed since it was checked: the row lock waits for a password change
 * under way, which would otherwise miss this session when it ends the others.
 *
 * @returns false when the password hash is no longer this one, or the user is gone or being deleted.
 */
async function insertSession(
  db: Db,
  session: { tokenHash: Buffer; userId: number; passwordHash: string; at: Date; userAgent: string | null },
): Promise<boolean> {
  const result = await sql`
    insert into auth_session (token_hash, user_id, created_at, user_agent)
    select ${session.tokenHash}, id, ${session.at}, ${session.userAgent}::text from app_user
    where id = ${session.userId} and password_hash = ${session.passwordHash} and deleted_at is null for share
  `.execute(db)
  return result.numAffectedRows === 1n
}
