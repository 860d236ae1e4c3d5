import { type ApiClient, ApiError, connect, type JobList, type ListedJob } from './api-client.ts'
import { createJobBar } from './job-bar.ts'

export interface DemoOptions {
  /** Where the server answers, without a final slash. */
  baseUrl: string
  username: string
  password: string
  /** Where the charts come from, in words. */
  source: string
  /** Whether the charts are invented: nobody is to take them for real ones. */
  invented: boolean
  out: NodeJS.WriteStream
  /** False when the server stops after the demo. */
  keepsServing: boolean
}

const JOB_TYPE = 'refresh-public-charts'
const DEFAULT_PASSWORD = 'admin'

/**
 * Shows a running Chartroom at work, over its own HTTP interface: starts a chart refresh (or follows the one that runs),
 * draws its progress from List Jobs, then prints List Jobs' answer and how to go on.
 *
 * @returns the job as it ended: the caller decides what a failed one means.
 */
export async function runDemo(options: DemoOptions): Promise<ListedJob> {
  const { out } = options
  const api = await login(options)
  out.write(`\nChart refresh from ${options.source}\n`)
  const created = await api.createJob(JOB_TYPE)
  if (created === null) out.write('  one is already running: following it\n')
  const ended = await followJob(api, created, out)
  const list = await api.listJobs({ limit: 1 })
  await api.logout()
  printEnd(options, ended, list)
  return ended
}

async function login(options: DemoOptions): Promise<ApiClient> {
  try {
    return await connect(options.baseUrl, options.username, options.password)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error
    throw new Error(
      `the administrator's name or password is not "${options.username}" and the one of INITIAL_ADMIN_PASSWORD: these only count at the very first start of a data directory. Set INITIAL_ADMIN_USERNAME and INITIAL_ADMIN_PASSWORD to what they are now, or choose a new DATA_DIR`,
      { cause: error },
    )
  }
}

/** Draws a job's progress until it has ended; null for the refresh that is under way. */
export async function followJob(api: ApiClient, id: string | null, out: NodeJS.WriteStream): Promise<ListedJob> {
  const bar = createJobBar(out)
  let followed = id
  try {
    for (;;) {
      const { jobs } = await api.listJobs({ limit: 200 })
      const job = jobs.find((each) => (followed === null ? each.jobType === JOB_TYPE : each.id === followed))
      if (job === undefined) throw new Error('the job has left the list while it was being watched')
      followed = job.id
      bar.show(job)
      if (['completed', 'failed', 'cancelled'].includes(job.jobState)) return job
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  } finally {
    bar.end()
  }
}

function printEnd(options: DemoOptions, job: ListedJob, list: JobList): void {
  const { out, baseUrl, username } = options
  const trouble = job.logs.filter((line) => line.type === 'error').slice(-10)
  if (job.jobState !== 'completed' || trouble.length > 0) {
    out.write(`\nThe refresh is ${job.jobState}. It reported:\n`)
    for (const line of trouble) out.write(`  ${line.message}\n`)
  }
  out.write(`\nGET /api/portal/v1/jobs?limit=1\n${JSON.stringify(list, null, 2)}\n`)
  if (options.invented) {
    out.write(`
These charts are invented: there is no such coast. For real ones start again where NOAA can be reached, or set PUBLIC_CHARTS_URL
to a mirror, with a DATA_DIR of its own.
`)
  }
  if (!options.keepsServing) return
  // The well-known default may be shown; a password of one's own may not.
  const isDefault = options.password === DEFAULT_PASSWORD
  out.write(`
Chartroom is at ${baseUrl}/ and keeps serving; stop it with Ctrl-C. Go on from another terminal:

  TOKEN=$(curl -s ${baseUrl}/api/portal/v1/auth/login -H 'content-type: application/json' \\
    -d '{"username":"${username}","password":"${isDefault ? DEFAULT_PASSWORD : '<your password>'}"}' | sed 's/.*"id":"\\([0-9a-f]*\\)".*/\\1/')
  curl -s ${baseUrl}/api/portal/v1/jobs -H "authorization: Bearer $TOKEN"
  curl -s ${baseUrl}/api/portal/v1/jobs -H "authorization: Bearer $TOKEN" \\
    -H 'content-type: application/json' -d '{"jobType":"vacuum-analyze"}'
`)
  if (isDefault) {
    out.write(`
The administrator still has the default password. Change it before others can reach this server:

  curl -s ${baseUrl}/api/portal/v1/user/passwordChange -H "authorization: Bearer $TOKEN" \\
    -H 'content-type: application/json' -d '{"password":"<a better one>"}'
`)
  }
}
