import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import { findUser } from '../users/find-user.ts'
import type { Passwords } from '../users/passwords.ts'
import type { Principal, UserRecord } from '../users/user-record.ts'
import { createLoginGuard } from './login-guard.ts'

export interface Login {
  /** `id` is the session's bearer string. */
  token: { id: string; userId: number }
  user: UserRecord
}

export interface Sessions {
  /**
   * Opens a session.
   *
   * @throws AppError INVALID_CREDENTIALS (401), the same for an unknown user and a wrong password; RATE_LIMITED (429).
   */
  login(attempt: { username: string; password: string; clientAddress: string }): Promise<Login>
  /** Ends the session. @throws AppError SESSION_REQUIRED (401) for an API token, which keeps working. */
  logout(principal: Principal): Promise<void>
}

export interface SessionsOptions {
  db: Db
  clock: Clock
  passwords: Passwords
  /** Called when a session has ended, before the caller learns of it. */
  onChange(): void
}

export function createSessions({ db, clock, passwords, onChange }: SessionsOptions): Sessions {
  const guard = createLoginGuard({ clock })

  return {
    async login({ username, password, clientAddress }) {
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
        if (!(await insertSession(db, session))) throw refused()
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
  }
}

/**
 * Adds a session unless the password was changed since it was checked: the row lock waits for a password change
 * under way, which would otherwise miss this session when it ends the others.
 *
 * @returns false when the password hash is no longer this one, or the user is gone.
 */
async function insertSession(
  db: Db,
  session: { tokenHash: Buffer; userId: number; passwordHash: string; at: Date },
): Promise<boolean> {
  const result = await sql`
    insert into auth_session (token_hash, user_id, created_at)
    select ${session.tokenHash}, id, ${session.at} from app_user
    where id = ${session.userId} and password_hash = ${session.passwordHash} for share
  `.execute(db)
  return result.numAffectedRows === 1n
}
