import type { Db } from '#db/database.ts'
import type { Passwords } from './passwords.ts'

/** The user name and password of a first start without configuration. */
const DEFAULT = { username: 'admin', password: 'admin' }

/**
 * Whether the administrator of a first start still has the default password. A hash is checked once and remembered, because a check
 * takes tens of milliseconds and anyone may ask.
 */
export function createDefaultPasswordCheck({ db, passwords }: { db: Db; passwords: Passwords }): () => Promise<boolean> {
  let checked: { hash: string; matches: Promise<boolean> } | null = null
  return async () => {
    const row = await db
      .selectFrom('app_user')
      .select('password_hash')
      .where('username', '=', DEFAULT.username)
      .where('is_admin', '=', true)
      .executeTakeFirst()
    const hash = row?.password_hash
    if (hash === undefined || hash === '') return false
    if (checked?.hash !== hash) checked = { hash, matches: passwords.verify(hash, DEFAULT.password) }
    return await checked.matches
  }
}
