import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { type Administration, createAdministration } from './administration/administration.ts'
import { createTokenCipher } from './secrets/token-cipher.ts'
import { changePassword, type PasswordChange } from './sessions/change-password.ts'
import { createLoginGuard } from './sessions/login-guard.ts'
import { createSessions, type Sessions } from './sessions/sessions.ts'
import { type ApiTokens, createApiTokens } from './tokens/api-tokens.ts'
import { type Authentication, createAuthentication } from './tokens/authentication.ts'
import { createDefaultPasswordCheck } from './users/default-password.ts'
import { createPasswords } from './users/passwords.ts'
import { type Provisioning, provision } from './users/provision.ts'
import type { Principal } from './users/user-record.ts'

export interface Accounts extends Sessions, Authentication {
  /** Creates the first account and administrator, once; see `provision`. */
  provision(provisioning: Provisioning): Promise<boolean>
  /** See `changePassword`. @throws AppError VALIDATION_FAILED, CURRENT_PASSWORD_WRONG (400), RATE_LIMITED (429). */
  changePassword(principal: Principal, change: PasswordChange): Promise<void>
  tokens: ApiTokens
  /** Whether the administrator of a first start still has the password `admin`. */
  hasDefaultPassword(): Promise<boolean>
  administration: Administration
}

/**
 * Accounts, users, sessions and API tokens.
 *
 * @param options.secretKey 32 bytes; see `loadSecretKey`.
 */
export function createAccounts({ db, clock, log, secretKey }: { db: Db; clock: Clock; log: Log; secretKey: Buffer }): Accounts {
  const cipher = createTokenCipher(secretKey)
  const passwords = createPasswords()
  const guard = createLoginGuard({ clock })
  const { authenticate, recognise, recall, forget } = createAuthentication({ db, clock, log, cipher })
  return {
    provision: (provisioning) => provision({ db, clock, log, passwords, cipher }, provisioning),
    ...createSessions({ db, clock, passwords, guard, onChange: forget }),
    authenticate,
    recognise,
    recall,
    forget,
    async changePassword(principal, change) {
      await changePassword({ db, clock, passwords, guard }, principal, change)
      forget()
    },
    tokens: createApiTokens({ db, clock, log, cipher, onChange: forget }),
    hasDefaultPassword: createDefaultPasswordCheck({ db, passwords }),
    administration: createAdministration({ db, clock, log, passwords, cipher, onChange: forget }),
  }
}
