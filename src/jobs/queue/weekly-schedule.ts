import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { DeliveryQueue } from './delivery-queue.ts'

/** Starts jobs once per week. */
export interface WeeklySchedule {
  /** Starts a job of this type once per week until `remove`, and immediately if none ever ran. */
  add(jobType: string): Promise<void>
  remove(jobType: string): Promise<void>
}

export interface WeeklyScheduleOptions {
  db: Db
  deliveryQueue: DeliveryQueue
  log: Log
  create(jobType: string): Promise<unknown>
}

const MINUTES_PER_WEEK = 7 * 24 * 60

export function createWeeklySchedule({ db, deliveryQueue, log, create }: WeeklyScheduleOptions): WeeklySchedule {
  async function createUnlessActive(jobType: string): Promise<void> {
    try {
      await create(jobType)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'JOB_TYPE_ACTIVE')) throw error
      log.info({ jobType }, 'scheduled start skipped: a job of this type is already pending or running')
    }
  }

  return {
    async add(jobType) {
      // Each server picks its own minute: thousands that start on Sunday at midnight would overload the source.
      const minute = Math.floor(Math.random() * MINUTES_PER_WEEK)
      const cron = `${minute % 60} ${Math.floor(minute / 60) % 24} * * ${Math.floor(minute / 1440)}`
      await deliveryQueue.schedule(`weekly-${jobType}`, cron, () => createUnlessActive(jobType))
      const ever = await sql`select 1 from job where job_type = ${jobType} limit 1`.execute(db)
      if (ever.rows.length === 0) await createUnlessActive(jobType)
    },
    remove: (jobType) => deliveryQueue.unschedule(`weekly-${jobType}`),
  }
}
