import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { createTokenCipher } from './secrets/token-cipher.ts'
import { createSessions, type Sessions } from './sessions/sessions.ts'
import { type ApiTokens, createApiTokens } from './tokens/api-tokens.ts'
import { type Authentication, createAuthentication } from './tokens/authentication.ts'
import { changePassword } from './users/change-password.ts'
import { createDefaultPasswordCheck } from './users/default-password.ts'
import { createPasswords } from './users/passwords.ts'
import { type Provisioning, provision } from './users/provision.ts'
import type { Principal } from './users/user-record.ts'

export interface Accounts extends Sessions, Pick<Authentication, 'authenticate' | 'recognise'> {
  /** Creates the first account and administrator, once; see `provision`. */
  provision(provisioning: Provisioning): Promise<boolean>
  /** See `changePassword`. @throws AppError VALIDATION_FAILED (400). */
  changePassword(principal: Principal, password: string): Promise<void>
  tokens: ApiTokens
  /** Whether the administrator of a first start still has the password `admin`. */
  hasDefaultPassword(): Promise<boolean>
}

/**
 * Accounts, users, sessions and API tokens.
 *
 * @param options.secretKey 32 bytes; see `loadSecretKey`.
 */
export function createAccounts({ db, clock, log, secretKey }: { db: Db; clock: Clock; log: Log; secretKey: Buffer }): Accounts {
  const cipher = createTokenCipher(secretKey)
  const passwords = createPasswords()
  const { authenticate, recognise, forget } = createAuthentication({ db, clock, log, cipher })
  return {
    provision: (provisioning) => provision({ db, clock, log, passwords, cipher }, provisioning),
    ...createSessions({ db, clock, passwords, onChange: forget }),
    authenticate,
    recognise,
    async changePassword(principal, password) {
      await changePassword({ db, clock, passwords }, principal, password)
      forget()
    },
    tokens: createApiTokens({ db, clock, log, cipher, onChange: forget }),
    hasDefaultPassword: createDefaultPasswordCheck({ db, passwords }),
  }
}
