import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import type { Log } from '#lib/log.ts'
import { createTokenCipher } from './secrets/token-cipher.ts'
import { createLoginGuard } from './sessions/login-guard.ts'
import { type FoundToken, findToken, findUser, insertSession } from './store.ts'
import { type ApiTokens, createApiTokens } from './tokens/api-tokens.ts'
import { originAllowed } from './tokens/host-restrictions.ts'
import { createRecentTokens } from './tokens/recent-tokens.ts'
import { createPasswords, MAXIMUM_PASSWORD_LENGTH, MINIMUM_PASSWORD_LENGTH } from './users/passwords.ts'
import { type Provisioning, provision } from './users/provision.ts'
import type { Principal, UserRecord } from './users/user-record.ts'

export interface Accounts {
  /** Makes the first account and administrator, once; see `provision`. */
  provision(provisioning: Provisioning): Promise<boolean>
  /**
   * Opens a session.
   *
   * @throws AppError INVALID_CREDENTIALS (401), the same for an unknown user and a wrong password; RATE_LIMITED (429).
   */
  login(attempt: { username: string; password: string; clientAddress: string }): Promise<Login>
  /**
   * The user behind a bearer string, of a session or an API token.
   *
   * @param origin the request's `Origin` header, for tokens restricted to hosts.
   * @throws AppError TOKEN_INVALID or ORIGIN_NOT_ALLOWED (401).
   */
  authenticate(bearer: string, origin?: string): Promise<Principal>
  /**
   * As `authenticate`, for what only reads and is asked again and again: the answer may be a second old, so a token revoked by
   * another process works that much longer. What is changed through this object counts at once.
   */
  recognise(bearer: string, origin?: string): Promise<Principal>
  /** Ends the session. @throws AppError SESSION_REQUIRED (401) for an API token, which goes on working. */
  logout(principal: Principal): Promise<void>
  /**
   * Sets the password of the caller's user and ends all of the user's sessions but the calling one.
   *
   * @throws AppError VALIDATION_FAILED (400) for a length outside 4 to 1024.
   */
  changePassword(principal: Principal, password: string): Promise<void>
  tokens: ApiTokens
}

interface Found {
  tokenHash: Buffer
  token: FoundToken
}

export interface Login {
  /** `id` is the session's bearer string. */
  token: { id: string; userId: number }
  user: UserRecord
}

// Writing the time of each request would make every tile a write; once a minute is what a person can use.
const LAST_USED_RESOLUTION = 60_000

/**
 * Accounts, users, sessions and API tokens.
 *
 * @param options.secretKey 32 bytes; see `loadSecretKey`.
 */
export function createAccounts({ db, clock, log, secretKey }: { db: Db; clock: Clock; log: Log; secretKey: Buffer }): Accounts {
  const cipher = createTokenCipher(secretKey)
  const passwords = createPasswords()
  const guard = createLoginGuard({ clock })

  const recent = createRecentTokens<Found>(clock)

  /** Notes that a token was used, and encrypts its bearer string anew when the secret key has changed. */
  async function touch(bearer: string, tokenHash: Buffer, found: FoundToken): Promise<void> {
    const now = clock.now()
    if (found.lastUsedAt !== null && now - found.lastUsedAt.getTime() < LAST_USED_RESOLUTION) return
    const table = found.kind === 'session' ? 'auth_session' : 'api_token'
    try {
      // Requests that came together all want to write: the first one wins, the others find the time set.
      await db
        .updateTable(table)
        .set({ last_used_at: new Date(now) })
        .where('token_hash', '=', tokenHash)
        .where((where) =>
          where.or([where('last_used_at', 'is', null), where('last_used_at', '<=', new Date(now - LAST_USED_RESOLUTION))]),
        )
        .execute()
      found.lastUsedAt = new Date(now)
      if (found.encrypted !== null && cipher.decrypt(found.encrypted) === null) {
        await db
          .updateTable('api_token')
          .set({ token_encrypted: cipher.encrypt(bearer) })
          .where('token_hash', '=', tokenHash)
          .execute()
      }
    } catch (error) {
      log.warn({ err: error }, 'the time of use of a token could not be written')
    }
  }

  async function find(bearer: string): Promise<Found | null> {
    const tokenHash = sha256(bearer)
    const token = await findToken(db, tokenHash)
    return token === null ? null : { tokenHash, token }
  }

  async function principalOf(
    look: (bearer: string) => Promise<Found | null>,
    bearer: string,
    origin: string | undefined,
  ): Promise<Principal> {
    const invalid = () =>
      new AppError('TOKEN_INVALID', 401, 'The token is not valid: it does not exist, was deleted, or its session has ended.')
    const normal = bearer.toLowerCase()
    if (!/^[0-9a-f]{32}$/.test(normal)) throw invalid()
    const found = await look(normal)
    if (found === null) throw invalid()
    const { token, tokenHash } = found
    if (!originAllowed(token.restrictions, origin)) {
      throw new AppError(
        'ORIGIN_NOT_ALLOWED',
        401,
        `The token may not be used by pages of ${origin}: it is restricted to other hosts.`,
      )
    }
    await touch(normal, tokenHash, token)
    return { kind: token.kind, tokenHash, user: token.user }
  }

  return {
    provision: (provisioning) => provision({ db, clock, log, passwords, cipher }, provisioning),

    async login({ username, password, clientAddress }) {
      const refused = () => new AppError('INVALID_CREDENTIALS', 401, 'The user name or the password is wrong.')
      const takeBack = guard.begin(clientAddress, username)
      try {
        // PostgreSQL cannot hold the character NUL in a text: no user has such a name.
        const found = username.includes('\0') ? null : await findUser(db, username)
        const matches = await passwords.verify(found?.passwordHash ?? null, password)
        if (found === null || !matches) throw refused()
        const bearer = newToken()
        const { user, passwordHash } = found
        const session = { tokenHash: sha256(bearer), userId: user.userId, passwordHash, at: new Date(clock.now()) }
        if (!(await insertSession(db, session))) throw refused()
        takeBack()
        return { token: { id: bearer, userId: user.userId }, user }
      } catch (error) {
        // An unreachable database says nothing about the password.
        if (!(error instanceof AppError)) takeBack()
        throw error
      }
    },

    authenticate: (bearer, origin) => principalOf(find, bearer, origin),

    recognise: (bearer, origin) => principalOf((normal) => recent.get(normal, () => find(normal)), bearer, origin),

    async logout(principal) {
      if (principal.kind !== 'session') {
        throw new AppError('SESSION_REQUIRED', 401, 'Only a session can be logged out; an API token is ended by deleting it.')
      }
      await db.deleteFrom('auth_session').where('token_hash', '=', principal.tokenHash).execute()
      recent.forget()
    },

    async changePassword(principal, password) {
      const length = [...password].length
      if (length < MINIMUM_PASSWORD_LENGTH || length > MAXIMUM_PASSWORD_LENGTH) {
        const message = `must have ${MINIMUM_PASSWORD_LENGTH} to ${MAXIMUM_PASSWORD_LENGTH} characters`
        const fields = [{ field: '/password', message }]
        throw new AppError('VALIDATION_FAILED', 400, `The request body is not valid: /password ${message}.`, { fields })
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
        // The caller's own session stays: its hash is no session's when the caller came with an API token, so then all end.
        await trx
          .deleteFrom('auth_session')
          .where('user_id', '=', userId)
          .where('token_hash', '!=', principal.tokenHash)
          .execute()
      })
      recent.forget()
    },

    tokens: createApiTokens({ db, clock, log, cipher, onChange: () => recent.forget() }),
  }
}
