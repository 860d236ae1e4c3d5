import type { ChaosReport } from './run-chaos.ts'

/** The faults in a report; empty when the engine kept its promises. */
export function complaints(report: ChaosReport): string[] {
  const { expected, rows, applied } = report.effects
  const found = report.violations.map((each) => `${each.what}: job ${each.job_id}, ${each.detail}`)
  found.push(...report.inconsistencies, ...report.unclean)
  const open = Object.entries(report.states).filter(([state]) => state !== 'completed')
  for (const [state, count] of open) found.push(`${count} jobs are ${state}`)
  if (rows !== expected || applied !== expected)
    found.push(`${expected} effects were expected, ${rows} are stored, ${applied} were applied`)
  return found
}
