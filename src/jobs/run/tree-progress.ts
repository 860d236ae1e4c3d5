import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { progressOfChildren } from '../tree/job-tree.ts'
import type { Announcer } from '../watch/announcer.ts'

export interface TreeProgress {
  /** Shows a child's progress at its waiting parent and further ancestors. Never throws: the next progress repairs a lost one. */
  show(parentId: string): Promise<void>
}

interface Turn {
  done: Promise<void>
  next: Promise<void> | null
}

/**
 * Progress of waiting parents: their own part, then the weighted mean of their children. It runs after the child's transaction,
 * because a child that locks its parent's row while holding its own would violate the tree's lock order. Writes for one parent
 * are coalesced, so a thousand children do not cost a thousand means per second.
 */
export function createTreeProgress(db: Db, log: Log, announcer: Announcer): TreeProgress {
  const turns = new Map<string, Turn>()

  function begin(parentId: string): Promise<void> {
    const done = climb(parentId)
      .catch((error) =>
        log.debug({ err: error, jobId: parentId }, `a parent's progress could not be updated: ${messageOf(error)}`),
      )
      .finally(() => {
        if (turns.get(parentId) === turn) turns.delete(parentId)
      })
    const turn: Turn = { done, next: null }
    turns.set(parentId, turn)
    return done
  }

  async function climb(parentId: string): Promise<void> {
    for (let id: string | null = parentId; id !== null; ) {
      const shown = await sql<{ parent_job_id: string | null }>`
        update job set updated_at = statement_timestamp(), percent_complete = ${progressOfChildren}
        where id = ${id} and waiting and percent_complete < ${progressOfChildren} returning parent_job_id
      `.execute(db)
      if (shown.rows.length > 0) announcer.changed(id)
      id = shown.rows[0]?.parent_job_id ?? null
    }
  }

  return {
    show(parentId) {
      const turn = turns.get(parentId)
      if (turn === undefined) return begin(parentId)
      turn.next ??= turn.done.then(() => begin(parentId))
      return turn.next
    },
  }
}
