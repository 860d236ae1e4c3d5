import { FanOut, type JobType } from '#jobs/model/job-type.ts'
import { applyEffect } from './audit.ts'
import { jobType } from './jobs.ts'

/** The totals of `crash-tree` without a crash: its own step and two children, one of which needs two tries. */
export const CRASH_TREE = { jobs: 3, attempts: 4, stepAttempts: 7, effects: 5 }

/** The jobs of the crash tests: together they reach every boundary of a run. Effects go to the audit tables. */
export function crashTypes(): JobType[] {
  return [
    jobType(
      'crash-tree',
      async (job) => {
        await job.step('step_own', (step) => step.transaction((trx) => applyEffect(trx, job, 'step_own')))
        return new FanOut(
          [0, 1].map((n) => ({ jobType: 'crash-leaf', parameters: { n } })),
          { onChildFailure: 'fail' },
        )
      },
      { steps: [{ name: 'step_own', weight: 1 }] },
    ),
    jobType(
      'crash-leaf',
      async (job) => {
        await job.step('step_one', (step) => step.transaction((trx) => applyEffect(trx, job, 'step_one')))
        if (job.parameters['n'] === 0) {
          await job.step('step_fall', async (step) => {
            if (step.attempt === 1) throw new Error('falls the first time')
          })
        }
        await job.step('step_two', (step) => step.transaction((trx) => applyEffect(trx, job, 'step_two')))
        return {}
      },
      {
        steps: [
          { name: 'step_one', weight: 1 },
          { name: 'step_two', weight: 1 },
        ],
      },
    ),
  ]
}
