import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultServer } from './fault-server.ts'

const JOBS = '/api/portal/v1/jobs'
/** How long jobs may take to end after the last request, in tenths of a second. */
const PATIENCE = 1_800

interface Listed {
  jobs: { id: string; jobState: string; finishedAt: number | null; percentComplete: number; steps: { status: string }[] }[]
  pagination: { total: number; nextCursor: string | null }
}

/** Waits for the jobs of a server to end, and compares its lists and counts of them. @returns what is not true. */
export async function checkJobs(server: FaultServer): Promise<string[]> {
  for (let active = 1, tries = 0; active > 0; tries++) {
    if (tries === PATIENCE) return [`${active} jobs have not ended`]
    await sleep(100)
    active = (await read<{ activeJobs: number }>(server, `${JOBS}/getJobStatus`)).activeJobs
  }
  const jobs: Listed['jobs'] = []
  let total = 0
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Listed = await read(server, `${JOBS}?view=summary&limit=200&cursor=${encodeURIComponent(cursor)}`)
    jobs.push(...page.jobs)
    total = page.pagination.total
    cursor = page.pagination.nextCursor
  }
  const counts = await read<{ total: number; byState: Record<string, number> }>(server, `${JOBS}/counts`)
  const wrong = jobs.filter(
    ({ jobState, finishedAt, percentComplete, steps }) =>
      finishedAt === null ||
      (percentComplete === 100) !== (jobState === 'completed') ||
      steps.some(({ status }) => status === 'pending' || status === 'running'),
  )
  const states = Object.entries(counts.byState).filter(
    ([state, count]) => jobs.filter(({ jobState }) => jobState === state).length !== count,
  )
  return [
    ...wrong.map(({ id }) => `job ${id} contradicts itself`),
    ...states.map(([state, count]) => `${count} jobs are counted as ${state}`),
    ...(new Set([jobs.length, new Set(jobs.map(({ id }) => id)).size, total, counts.total]).size === 1
      ? []
      : [`${jobs.length} jobs are listed, ${total} announced, ${counts.total} counted`]),
  ]
}

async function read<T>(server: FaultServer, target: string): Promise<T> {
  const answer = await server.send('GET', target)
  if (answer.status !== 200) throw new Error(`${target} was answered ${answer.status}: ${answer.text}`)
  return JSON.parse(answer.text) as T
}
