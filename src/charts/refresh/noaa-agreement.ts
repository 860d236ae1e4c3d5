import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** When an administrator accepted the terms of NOAA's charts, and who it was. */
export interface Agreement {
  acceptedAt: number
  /** User name, as it was then. */
  acceptedBy: string
}

/** The agreement to the terms under which NOAA publishes its charts. It is for information only: no refresh depends on it. */
export interface NoaaAgreement {
  /** Null while no one has accepted. */
  get(): Promise<Agreement | null>
  /** Records the first acceptance; a later one changes nothing. */
  accept(username: string): Promise<Agreement>
}

const SETTING = 'agreement-noaa'

export function createNoaaAgreement(db: Db): NoaaAgreement {
  async function get(): Promise<Agreement | null> {
    const row = await db.selectFrom('setting').select('value').where('name', '=', SETTING).executeTakeFirst()
    return (row?.value ?? null) as Agreement | null
  }

  return {
    get,
    async accept(username) {
      await sql`
        insert into setting (name, value) values (${SETTING}, jsonb_build_object(
          'acceptedAt', (extract(epoch from now()) * 1000)::bigint, 'acceptedBy', ${username}::text))
        on conflict (name) do nothing
      `.execute(db)
      const agreement = await get()
      if (agreement === null) throw new Error('the agreement was recorded and is not there')
      return agreement
    },
  }
}
