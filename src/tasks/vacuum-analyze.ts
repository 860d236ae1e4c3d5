import type { Db } from '#db/database.ts'
import { type TableSize, tableSizes } from '#db/table-sizes.ts'
import { vacuumTable } from '#db/vacuum-table.ts'
import type { JobType } from '#jobs/model/job-type.ts'
import { noParameters } from '#jobs/model/read-parameters.ts'

export interface VacuumResult extends Record<string, unknown> {
  tables: { table: string; bytesBefore: number; bytesAfter: number }[]
  bytesBefore: number
  bytesAfter: number
}

/**
 * Runs VACUUM (ANALYZE) on each of our tables: makes the space of deleted rows reusable and refreshes the planner's statistics.
 * Tables stay readable and writable.
 */
export function vacuumAnalyze(options: { db: Db }): JobType<unknown, VacuumResult> {
  const { db } = options
  return {
    name: 'vacuum-analyze',
    queue: 'maintenance',
    creatable: true,
    exclusive: true,
    steps: [{ name: 'step_vacuum_analyze', weight: 1 }],
    parse: noParameters,
    run: (job) =>
      job.step('step_vacuum_analyze', async (step) => {
        const before = await tableSizes(db)
        for (const [i, table] of before.entries()) {
          await vacuumTable(db, table.name, job.signal)
          step.progress((i + 1) / before.length)
        }
        const after = new Map((await tableSizes(db)).map((table) => [table.name, table.bytes]))
        const tables = before.map(({ name, bytes }) => ({ table: name, bytesBefore: bytes, bytesAfter: after.get(name) ?? 0 }))
        for (const { table, bytesBefore, bytesAfter } of tables) {
          if (bytesBefore !== bytesAfter)
            // Not "api_token: 32 kB", which the log would mistake for a secret and hide.
            job.log.info(`Table ${table} had ${kilobytes(bytesBefore)} before and has ${kilobytes(bytesAfter)} now`)
        }
        const bytesBefore = sum(before)
        const bytesAfter = tables.reduce((total, table) => total + table.bytesAfter, 0)
        job.log.info(
          `Vacuumed and analysed ${tables.length} tables: ${kilobytes(bytesBefore)} before, ${kilobytes(bytesAfter)} after`,
        )
        return { tables, bytesBefore, bytesAfter }
      }),
  }
}

function sum(tables: readonly TableSize[]): number {
  return tables.reduce((total, table) => total + table.bytes, 0)
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024).toLocaleString('en-US')} kB`
}
