import type { Db } from '#db/database.ts'
import { reachDatabase } from '#db/reach-database.ts'
import { transactOnce } from '#db/transact-once.ts'
import type { Clock } from '#lib/clock.ts'
import type { Faults } from '../model/faults.ts'
import type { StepContext } from '../model/job-type.ts'
import { type Claim, lockClaimAndMark } from './claim.ts'
import { type BegunStep, saveStepCursor } from './run-steps.ts'

export interface StepContextOptions {
  db: Db
  clock: Clock
  job: Claim
  signal: AbortSignal
  faults?: Faults | undefined
}

/** A step as its handler sees it; the claim fences its writes. */
export function createStepContext(
  { db, clock, job, signal, faults }: StepContextOptions,
  name: string,
  begun: BegunStep,
  onProgress: (fraction: number) => void,
): StepContext {
  return {
    attempt: begun.attempt,
    cursor: begun.cursor,
    progress: onProgress,
    saveCursor: (cursor) => reachDatabase(clock, () => saveStepCursor(db, job, name, cursor)),
    async transaction(work) {
      const value = await reachDatabase(clock, async () => {
        signal.throwIfAborted()
        return await transactOnce(db, async (trx, mark) => {
          await lockClaimAndMark(trx, job, mark)
          const made = await work(trx)
          await faults?.hit('in-step-transaction')
          return made
        })
      })
      await faults?.hit('after-step-transaction')
      return value
    },
  }
}
