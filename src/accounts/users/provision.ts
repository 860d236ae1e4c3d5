import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { sha256 } from '#lib/ids.ts'
import type { Log } from '#lib/log.ts'
import type { TokenCipher } from '../secrets/token-cipher.ts'
import { MINIMUM_PASSWORD_LENGTH, type Passwords } from './passwords.ts'

export interface Provisioning {
  adminUsername: string
  adminPassword: string
  /** An API token for headless set-up: 32 hexadecimal digits; null for none. */
  defaultToken: string | null
}

// Any number, as long as it is used for nothing else: "prov" in ASCII.
const PROVISION_LOCK = 0x70726f76

/**
 * Creates what the very first start needs: the account `Default`, the administrator, and the given token as the administrator's. Does
 * nothing once any user exists. Two servers that start at once take turns, and the second finds the first one's work.
 * @returns whether this call created them.
 * @throws Error for a user name, password or token that cannot be used; nothing is created then.
 */
export async function provision(
  { db, clock, log, passwords, cipher }: { db: Db; clock: Clock; log: Log; passwords: Passwords; cipher: TokenCipher },
  { adminUsername, adminPassword, defaultToken }: Provisioning,
): Promise<boolean> {
  if (await anyUser(db)) return false
  if (adminUsername === '') throw new Error('the name of the first administrator must not be empty')
  if (adminPassword.length < MINIMUM_PASSWORD_LENGTH) {
    throw new Error(`the password of the first administrator must have at least ${MINIMUM_PASSWORD_LENGTH} characters`)
  }
  if (defaultToken !== null && !/^[0-9a-f]{32}$/i.test(defaultToken)) {
    throw new Error('the default API token must be 32 hexadecimal digits (a UUID without its dashes)')
  }
  const passwordHash = await passwords.hash(adminPassword)
  const at = new Date(clock.now())
  const made = await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${PROVISION_LOCK})`.execute(trx)
    if (await anyUser(trx)) return false
    const account = await trx
      .insertInto('account')
      .values({ name: 'Default', plan_instance: 'oem', created_at: at })
      .returning('id')
      .executeTakeFirstOrThrow()
    const user = await trx
      .insertInto('app_user')
      .values({
        account_id: account.id,
        username: adminUsername,
        password_hash: passwordHash,
        is_admin: true,
        is_account_owner: false,
        created_at: at,
        modified_at: at,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (defaultToken !== null) {
      const bearer = defaultToken.toLowerCase()
      await trx
        .insertInto('api_token')
        .values({
          token_hash: sha256(bearer),
          token_encrypted: cipher.encrypt(bearer),
          name: 'Default',
          user_id: user.id,
          account_id: account.id,
          created_at: at,
        })
        .execute()
    }
    return true
  })
  if (made) {
    log.info({ username: adminUsername }, 'first start: created the administrator')
    if (adminPassword === 'admin') log.warn('the administrator still has the default password; change it')
  }
  return made
}

async function anyUser(db: Db): Promise<boolean> {
  const row = await db.selectFrom('app_user').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}
