import type { Config } from '#config/config.ts'
import { machineCores } from '#config/machine.ts'
import type { Diagnostics, FailedJob, InstanceDetails } from '#http/base/instance-service.ts'
import type { Jobs } from '#jobs/jobs.ts'
import type { Clock } from '#lib/clock.ts'
import type { RecentLines } from '#lib/recent-lines.ts'
import { VERSION } from '#lib/version.ts'
import { hideSecrets } from './hide-secrets.ts'

const FAILED_JOBS = 20
const LINES_OF_JOB = 20

export interface DiagnosticsParts {
  clock: Clock
  jobs: Pick<Jobs, 'counts' | 'list' | 'listSummaries'>
  recentLog?: RecentLines | undefined
  instance: InstanceDetails
}

/** Everything that helps to find a fault of this server, to be sent to others: it holds no secret. */
export async function writeDiagnostics(
  config: Config,
  { clock, jobs, recentLog, instance }: DiagnosticsParts,
): Promise<Diagnostics> {
  const everything = { visibility: { all: true }, activeOnly: false } as const
  const { byState } = await jobs.counts(everything)
  const diagnostics: Diagnostics = {
    writtenAt: clock.now(),
    version: VERSION,
    system: {
      node: process.version,
      platform: process.platform,
      arch: process.arch,
      cores: machineCores(),
      memoryBytes: config.machineMemoryBytes,
      uptimeSeconds: Math.round(process.uptime()),
    },
    instance,
    jobs: { byState, lastFailed: await lastFailed(jobs) },
    log: recentLog === undefined ? null : recentLog.list().map(parsed),
  }
  return hideSecrets(diagnostics, config)
}

async function lastFailed(jobs: DiagnosticsParts['jobs']): Promise<FailedJob[]> {
  const query = {
    visibility: { all: true },
    activeOnly: false,
    jobStates: ['failed'],
    limit: FAILED_JOBS,
    offset: 0,
  } as const
  const [summaries, records] = [await jobs.listSummaries(query), await jobs.list(query)]
  const logs = new Map(records.jobs.map(({ id, logs: lines }) => [id, lines]))
  return summaries.jobs.map(({ id, jobType, createdAt, finishedAt, attempt, error }) => ({
    id,
    jobType,
    createdAt,
    finishedAt,
    attempt,
    error,
    log: (logs.get(id) ?? []).filter(({ type }) => type !== 'info').slice(-LINES_OF_JOB),
  }))
}

/** A line of the log as an object; a line that was cut is not valid JSON, and stays text. */
function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return { text: line }
  }
}
