import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { RefreshPlan } from './plan-refresh.ts'

/** Row of the table `setting`: cells that recent catalogues lacked, each with the dates of those catalogues. */
const SETTING = 'lacking-public-cells'
const settingOf = (source: string) => (source === 'noaa' ? SETTING : `${SETTING}-${source}`)
/** Number of successive catalogues of different dates that must lack a cell before it counts as withdrawn. */
const CATALOGUES = 3

/**
 * Ends the guard against damaged catalogues: cells that three successive catalogues of different dates lacked are withdrawn. Records
 * the cells that this catalogue lacks; repeatable.
 *
 * @param date of the catalogue.
 * @returns the plan with `withdrawn` and `lacking` brought up to date.
 */
export async function confirmLacking(db: Db, plan: RefreshPlan, date: string, source: string): Promise<RefreshPlan> {
  const before = await lackedBefore(db, settingOf(source))
  const now = new Map(plan.lacking.map((name) => [name, [...new Set([...(before.get(name) ?? []), date])]]))
  const confirmed = plan.lacking.filter((name) => (now.get(name)?.length ?? 0) >= CATALOGUES)
  if (before.size > 0 || now.size > 0) {
    await sql`
      insert into setting (name, value) values (${settingOf(source)}, ${JSON.stringify(Object.fromEntries(now))}::jsonb)
      on conflict (name) do update set value = excluded.value
    `.execute(db)
  }
  const withdrawn = new Set(confirmed)
  return {
    ...plan,
    withdrawn: [...plan.withdrawn, ...confirmed],
    lacking: plan.lacking.filter((name) => !withdrawn.has(name)),
  }
}

async function lackedBefore(db: Db, setting: string): Promise<Map<string, string[]>> {
  // by the primary key
  const row = await db.selectFrom('setting').select('value').where('name', '=', setting).executeTakeFirst()
  const value = row?.value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map()
  return new Map(Object.entries(value).map(([name, dates]) => [name, Array.isArray(dates) ? dates.map(String) : []]))
}
