import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { DeliveryQueue } from './delivery-queue.ts'

/** A job type that starts by itself. */
export interface ScheduledJob {
  jobType: string
  /** Milliseconds since the Unix epoch. */
  nextRunAt: number
}

/** Starts jobs once per week. */
export interface WeeklySchedule {
  /** Starts a job of this type once per week until `remove`, and immediately if none ever ran. */
  add(jobType: string): Promise<void>
  remove(jobType: string): Promise<void>
  /** What is scheduled. */
  list(): Promise<ScheduledJob[]>
}

export interface WeeklyScheduleOptions {
  db: Db
  deliveryQueue: DeliveryQueue
  clock: Clock
  log: Log
  create(jobType: string): Promise<unknown>
}

const MINUTES_PER_WEEK = 7 * 24 * 60
const PREFIX = 'weekly-'
const MINUTE = 60_000

export function createWeeklySchedule({ db, deliveryQueue, clock, log, create }: WeeklyScheduleOptions): WeeklySchedule {
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
      await deliveryQueue.schedule(`${PREFIX}${jobType}`, cron, () => createUnlessActive(jobType))
      const ever = await sql`select 1 from job where job_type = ${jobType} limit 1`.execute(db)
      if (ever.rows.length === 0) await createUnlessActive(jobType)
    },
    remove: (jobType) => deliveryQueue.unschedule(`${PREFIX}${jobType}`),
    async list() {
      const schedules = await deliveryQueue.schedules()
      return schedules.flatMap(({ name, cron }) =>
        name.startsWith(PREFIX) ? [{ jobType: name.slice(PREFIX.length), nextRunAt: nextWeekly(cron, clock.now()) }] : [],
      )
    },
  }
}

/**
 * The next time after `now` of a cron expression such as `add` makes: a minute, an hour and a day of the week, in UTC.
 *
 * @param now milliseconds since the Unix epoch.
 */
export function nextWeekly(cron: string, now: number): number {
  const [minute = 0, hour = 0, , , day = 0] = cron.split(' ').map(Number)
  const sunday = new Date(now)
  sunday.setUTCHours(0, 0, 0, 0)
  sunday.setUTCDate(sunday.getUTCDate() - sunday.getUTCDay())
  const inThisWeek = sunday.getTime() + (day * 24 * 60 + hour * 60 + minute) * MINUTE
  return inThisWeek > now ? inThisWeek : inThisWeek + MINUTES_PER_WEEK * MINUTE
}
