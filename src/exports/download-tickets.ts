import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { newToken, sha256 } from '#lib/ids.ts'

/** A download must begin this soon after its address was asked for. */
const BEGIN_MILLISECONDS = 60_000
/** A download that has begun can be resumed this long. */
const RESUME_MILLISECONDS = 12 * 3_600_000

/** One-time addresses of downloads: a link cannot carry a header, and a session token must not appear in an address. */
export interface DownloadTickets {
  issue(exportId: string): Promise<{ ticket: string; expiresAt: number }>
  /**
   * Redeems a ticket: once within a minute, afterwards only to resume.
   *
   * @param use `look` for HEAD, which uses nothing up; `resume` for a request of a range.
   * @returns the id of the export; null when the ticket is unknown, used or too old.
   */
  redeem(ticket: string, use: 'begin' | 'resume' | 'look'): Promise<string | null>
}

export function createDownloadTickets({ db, clock }: { db: Db; clock: Clock }): DownloadTickets {
  return {
    async issue(exportId) {
      const ticket = newToken()
      const now = clock.now()
      await db
        .insertInto('export_download')
        .values({ ticket_hash: sha256(ticket), export_id: exportId, created_at: new Date(now) })
        .execute()
      return { ticket, expiresAt: now + BEGIN_MILLISECONDS }
    },

    async redeem(ticket, use) {
      const now = clock.now()
      const hash = sha256(ticket)
      const fresh = new Date(now - BEGIN_MILLISECONDS)
      if (use !== 'look') {
        const begun = await db
          .updateTable('export_download')
          .set({ begun_at: new Date(now) })
          .where('ticket_hash', '=', hash)
          .where('begun_at', 'is', null)
          .where('created_at', '>', fresh)
          .returning('export_id')
          .executeTakeFirst()
        if (begun !== undefined) return begun.export_id
        if (use === 'begin') return null
      }
      const row = await db.selectFrom('export_download').selectAll().where('ticket_hash', '=', hash).executeTakeFirst()
      if (row === undefined) return null
      const isOpen = row.begun_at === null ? row.created_at > fresh : row.begun_at.getTime() > now - RESUME_MILLISECONDS
      return isOpen ? row.export_id : null
    },
  }
}

/** Deletes tickets that can no longer be used. */
export async function deleteOldTickets(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('export_download')
    .where('created_at', '<', new Date(now - RESUME_MILLISECONDS - BEGIN_MILLISECONDS))
    .execute()
}
