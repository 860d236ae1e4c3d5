import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { progressOfChildren } from '../tree/job-tree.ts'
import type { Announcer } from '../watch/announcer.ts'

export interface TreeProgress {
  /** Shows what a child has achieved at its waiting parent and above. Never throws: the next child's progress makes up for it. */
  show(parentId: string): Promise<void>
}

interface Turn {
  done: Promise<void>
  next: Promise<void> | null
}

/**
 * Progress of waiting parents: from where their own part ended, the children's weighted mean fills the rest. In a statement of its
 * own after the child's transaction: a child that held its own row while taking the parent's would lock against the order of
 * the tree. A parent is written by one at a time, and whatever comes meanwhile is one more write for all of them: the mean of a
 * thousand children is not counted a thousand times a second.
 */
export function createTreeProgress(db: Db, log: Log, announcer: Announcer): TreeProgress {
  const turns = new Map<string, Turn>()

  function begin(parentId: string): Promise<void> {
    const done = climb(parentId)
      .catch((error) => log.debug({ err: error, jobId: parentId }, `a parent's progress was not shown: ${messageOf(error)}`))
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
        update job set updated_at = now(), percent_complete = ${progressOfChildren}
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
