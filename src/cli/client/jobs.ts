import { CliError, EXIT } from '../frame/exit-codes.ts'
import type { ServerCall } from './server-call.ts'

const JOBS = '/api/portal/v1/jobs'
const WHOLE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Among how many of the newest jobs a shortened id is looked for. */
const LOOKED_AT = 1_000
const PAGE = 200

/** A job as the API summarises it; the fields that commands show. */
export interface ClientJob {
  id: string
  parentJobId: string | null
  jobType: string
  jobState: string
  percentComplete: number
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  waitingReason: string | null
  result: Record<string, unknown> | null
  error: { name: string; message: string } | null
  steps: { stepName: string; status: string }[]
  children: Record<string, number>
  startedBy: { kind: string; username: string | null } | null
}

export interface JobLines {
  logs: { seq: number; timestamp: string; type: string; message: string }[]
  nextAfter: number
}

/** The end of an id, which is random and short enough for a table; every command accepts it for the whole one. */
export function shortId(id: string): string {
  return id.slice(-12)
}

export function hasEnded({ jobState }: Pick<ClientJob, 'jobState'>): boolean {
  return jobState === 'completed' || jobState === 'failed' || jobState === 'cancelled'
}

/** A page of jobs, newest first. @param query parameters of List Jobs. */
export async function listJobs(server: ServerCall, query: Record<string, string>): Promise<{ jobs: ClientJob[] }> {
  return await server.call('GET', `${JOBS}?${new URLSearchParams({ ...query, view: 'summary' })}`)
}

export async function getJob(server: ServerCall, id: string, signal?: AbortSignal): Promise<ClientJob> {
  return await server.call('GET', `${JOBS}/${id}?view=summary`, signal === undefined ? {} : { signal })
}

/** Lines of a job's log. @param query `after`, `tail` and so on, as the API takes them. */
export async function getLines(server: ServerCall, id: string, query: Record<string, string>): Promise<JobLines> {
  return await server.call('GET', `${JOBS}/${id}/logs?${new URLSearchParams(query)}`)
}

/**
 * The whole id for one that may be shortened to its end, as tables show it.
 *
 * @throws CliError when no job or several jobs among the newest thousand have that end.
 */
export async function resolveJobId(server: ServerCall, given: string): Promise<string> {
  if (WHOLE_ID.test(given)) return given.toLowerCase()
  const end = given.toLowerCase()
  if (!/^[0-9a-f-]{4,36}$/.test(end)) {
    throw new CliError(EXIT.usage, `${given} is not the id of a job: give the whole id, or at least its last 4 digits.`)
  }
  const found: string[] = []
  for (let cursor: string | null = '', seen = 0; cursor !== null && seen < LOOKED_AT; seen += PAGE) {
    const query = new URLSearchParams({ view: 'summary', limit: String(PAGE), cursor })
    const page: { jobs: { id: string }[]; pagination: { nextCursor: string | null } } = await server.call(
      'GET',
      `${JOBS}?${query}`,
    )
    found.push(...page.jobs.map(({ id }) => id).filter((id) => id.endsWith(end)))
    cursor = page.pagination.nextCursor
  }
  const [id] = found
  if (id === undefined) throw new CliError(EXIT.notFound, `None of the newest ${LOOKED_AT} jobs has an id that ends in ${given}.`)
  if (found.length > 1) throw new CliError(EXIT.usage, `Several jobs have an id that ends in ${given}: ${found.join(', ')}.`)
  return id
}
