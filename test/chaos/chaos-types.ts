import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { FanOut, type JobType } from '#jobs/model/job-type.ts'
import { recordOf } from '#jobs/model/read-parameters.ts'
import { applyEffect } from '#test/audit.ts'

/** What one chaos job does. Its parameters contain everything, so that any worker can continue it. */
export interface ChaosPlan {
  /** Milliseconds of each step; half of them before its effect, half after. */
  steps: number[]
  /** This step throws in its first attempt. */
  failsAt: number | null
  children: ChaosPlan[]
}

export const CHAOS_TYPE = 'chaos'

/** The number of effects of a job and its descendants when all have completed. */
export function effectsOf(plan: ChaosPlan): number {
  return plan.steps.length + plan.children.reduce((sum, child) => sum + effectsOf(child), 0)
}

export function jobsOf(plan: ChaosPlan): number {
  return 1 + plan.children.reduce((sum, child) => sum + jobsOf(child), 0)
}

/** A random plan: one to four steps; a fifth of the jobs have children, some of which have children too. */
export function choosePlan(random: () => number, depth = 0): ChaosPlan {
  const upTo = (n: number) => Math.floor(random() * n)
  const steps = Array.from({ length: 1 + upTo(4) }, () => 20 + upTo(480))
  const failsAt = random() < 0.1 ? upTo(steps.length) : null
  const hasChildren = depth < 2 && random() < (depth === 0 ? 0.2 : 0.1)
  const children = hasChildren ? Array.from({ length: 1 + upTo(4) }, () => choosePlan(random, depth + 1)) : []
  return { steps, failsAt, children }
}

function parsePlan(parameters: unknown): ChaosPlan {
  const { steps, failsAt, children } = recordOf(parameters)
  assert.ok(Array.isArray(steps) && steps.every((step) => typeof step === 'number'))
  assert.ok(failsAt === null || typeof failsAt === 'number')
  assert.ok(Array.isArray(children))
  return { steps, failsAt, children: children.map(parsePlan) }
}

export function chaosTypes(): JobType[] {
  const chaos: JobType<ChaosPlan> = {
    name: CHAOS_TYPE,
    queue: 'light',
    creatable: true,
    exclusive: false,
    steps: [],
    parse: parsePlan,
    async run(job) {
      const plan = job.parameters
      for (const [index, milliseconds] of plan.steps.entries()) {
        await job.step(`step_${index}`, async (step) => {
          if (index === plan.failsAt && step.attempt === 1) throw new Error('fails the first time')
          await sleep(milliseconds / 2, undefined, { signal: job.signal })
          step.progress(0.5)
          await step.transaction((trx) => applyEffect(trx, job, `step_${index}`))
          await sleep(milliseconds / 2, undefined, { signal: job.signal })
        })
        job.log.info(`step ${index} is done`)
      }
      if (plan.children.length === 0) return { steps: plan.steps.length }
      return new FanOut(
        plan.children.map((child) => ({ jobType: CHAOS_TYPE, parameters: { ...child } })),
        { onChildFailure: 'fail' },
      )
    },
  }
  return [chaos]
}
