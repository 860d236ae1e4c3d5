import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { sha256 } from '#lib/ids.ts'
import type { Log } from '#lib/log.ts'
import type { TokenCipher } from '../secrets/token-cipher.ts'
import type { Principal } from '../users/user-record.ts'
import { type FoundToken, findToken } from './find-token.ts'
import { isRestricted, originAllowed } from './host-restrictions.ts'
import { createRecentTokens } from './recent-tokens.ts'

export interface Authentication {
  /**
   * The user behind a bearer string, of a session or an API token.
   *
   * @param origin the request's `Origin` header, for tokens restricted to hosts.
   * @throws AppError TOKEN_INVALID or ORIGIN_NOT_ALLOWED (401).
   */
  authenticate(bearer: string, origin?: string): Promise<Principal>
  /**
   * Like `authenticate`, for frequent requests that only read: the answer may be a second old, so a token that another process
   * revoked works that much longer. Changes made by this process count at once.
   */
  recognise(bearer: string, origin?: string): Promise<Principal>
  /** Like `recognise`, without waiting: null when the token has to be looked up, its use recorded, or the request refused. */
  recall(bearer: string, origin?: string): Principal | null
  /** Forgets recent answers: to be called after each change of a token or session. */
  forget(): void
}

interface Found {
  tokenHash: Buffer
  token: FoundToken
}

// Recording every request would make each tile a write; one a minute is precise enough for a person.
const LAST_USED_RESOLUTION = 60_000

export function createAuthentication(options: { db: Db; clock: Clock; log: Log; cipher: TokenCipher }): Authentication {
  const { db, clock, log, cipher } = options
  const recent = createRecentTokens<Found>(clock)

  /** Records that a token was used, and encrypts its bearer string again when the secret key has changed. */
  async function touch(bearer: string, tokenHash: Buffer, found: FoundToken): Promise<void> {
    const now = clock.now()
    if (!isUseDue(found, now)) return
    const table = found.kind === 'session' ? 'auth_session' : 'api_token'
    try {
      // Concurrent requests all try to write: the first one wins, the others find the time set.
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
      log.warn({ err: error }, 'cannot record that a token was used')
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
    const invalid = () => new AppError('TOKEN_INVALID')
    const normal = bearer.toLowerCase()
    if (!/^[0-9a-f]{32}$/.test(normal)) throw invalid()
    const found = await look(normal)
    if (found === null) throw invalid()
    const { token, tokenHash } = found
    if (!originAllowed(token.restrictions, origin)) {
      throw new AppError('ORIGIN_NOT_ALLOWED', `Pages of ${origin} may not use this token: it is restricted to other hosts.`)
    }
    await touch(normal, tokenHash, token)
    return toPrincipal(found)
  }

  return {
    authenticate: (bearer, origin) => principalOf(find, bearer, origin),
    recognise: (bearer, origin) => principalOf((normal) => recent.get(normal, () => find(normal)), bearer, origin),
    recall(bearer, origin) {
      const found = recent.peek(bearer.toLowerCase())
      if (found === null || !originAllowed(found.token.restrictions, origin) || isUseDue(found.token, clock.now())) return null
      return toPrincipal(found)
    },
    forget: () => recent.forget(),
  }
}

/** Whether a use of the token at this time is to be recorded. */
function isUseDue({ lastUsedAt }: FoundToken, now: number): boolean {
  return lastUsedAt === null || now - lastUsedAt.getTime() >= LAST_USED_RESOLUTION
}

function toPrincipal({ token, tokenHash }: Found): Principal {
  return { kind: token.kind, tokenHash, hostRestricted: isRestricted(token.restrictions), user: token.user }
}
