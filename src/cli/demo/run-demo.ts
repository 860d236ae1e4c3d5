import { type ApiClient, connect, type JobList, type ListedCell, type ListedJob } from '../client/api-client.ts'
import { ApiError } from '../client/server-call.ts'
import { createJobBar } from '../output/job-bar.ts'

export interface DemoOptions {
  /** The server's address, without a final slash. */
  baseUrl: string
  username: string
  password: string
  /** The source of the charts, for people. */
  source: string
  /** Whether the charts are invented; the output says so. */
  invented: boolean
  out: NodeJS.WriteStream
  /** False when the server stops after the demo. */
  keepsServing: boolean
}

const JOB_TYPE = 'refresh-public-charts'
const DEFAULT_PASSWORD = 'admin'

/**
 * Demonstrates a running server over its HTTP API: starts a chart refresh (or follows a running one), shows its progress from List
 * Jobs, then prints the response of List Jobs and the next steps. If the server keeps serving, the session stays open for the printed
 * sign-in address.
 *
 * @returns the ended job; the caller handles a failed one.
 */
export async function runDemo(options: DemoOptions): Promise<ListedJob> {
  const { out } = options
  const api = await login(options)
  out.write(`\nChart refresh from ${options.source}\n`)
  const created = await api.createJob(JOB_TYPE)
  if (created === null) out.write('  already running: following it\n')
  const ended = await followJob(api, created, out)
  const list = await api.listJobs({ limit: 1 })
  if (!options.keepsServing) {
    await api.logout()
    printEnd(options, ended, list)
    return ended
  }
  printEnd(options, ended, list)
  printNextSteps(options, {
    portal: signInAddress(options.baseUrl, api.session, `/jobs/${ended.id}`),
    map: options.baseUrl + mapPage(await api.listCells()),
  })
  return ended
}

async function login(options: DemoOptions): Promise<ApiClient> {
  try {
    return await connect(options.baseUrl, options.username, options.password)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error
    throw new Error(
      `the login as "${options.username}" with INITIAL_ADMIN_PASSWORD failed: both apply only to the very first start of a data directory. Set INITIAL_ADMIN_USERNAME and INITIAL_ADMIN_PASSWORD to the current values, or choose a new DATA_DIR`,
      { cause: error },
    )
  }
}

/** Shows a job's progress until it ends. @param id null for the running refresh. */
export async function followJob(api: ApiClient, id: string | null, out: NodeJS.WriteStream): Promise<ListedJob> {
  const bar = createJobBar(out)
  let followed = id
  try {
    for (;;) {
      const { jobs } = await api.listJobs({ limit: 200 })
      const job = jobs.find((each) => (followed === null ? each.jobType === JOB_TYPE : each.id === followed))
      if (job === undefined) throw new Error('the job disappeared from the list while it was being followed')
      followed = job.id
      bar.show(job)
      if (['completed', 'failed', 'cancelled'].includes(job.jobState)) return job
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  } finally {
    bar.end()
  }
}

/**
 * An address that opens the portal signed in. The session is in the fragment, which browsers never send, so that it reaches no log; the
 * portal removes it from the address at once.
 */
function signInAddress(baseUrl: string, session: string, page: string): string {
  return `${baseUrl}/sign-in?next=${encodeURIComponent(page)}#session=${session}`
}

/** The map, opened on the middle of the most detailed chart. */
function mapPage(cells: readonly ListedCell[]): string {
  const [finest] = cells
    .filter(({ bbox: [west, , east] }) => west < east)
    .toSorted((a, b) => a.compilationScale - b.compilationScale)
  if (finest === undefined) return '/map'
  const [west, south, east, north] = finest.bbox
  // The box fills some 1,000 pixels: a tile of 512 pixels spans 360 degrees at zoom 0.
  const zoom = Math.min(14, Math.max(2, Math.log2((360 / (east - west)) * 2)))
  return `/map?at=${((south + north) / 2).toFixed(4)},${((west + east) / 2).toFixed(4)},${zoom.toFixed(1)}`
}

function printEnd({ out, invented }: DemoOptions, job: ListedJob, list: JobList): void {
  const trouble = job.logs.filter((line) => line.type === 'error').slice(-10)
  if (job.jobState !== 'completed' || trouble.length > 0) {
    out.write(`\nThe refresh is ${job.jobState}. Its errors:\n`)
    for (const line of trouble) out.write(`  ${line.message}\n`)
  }
  out.write(`\nGET /api/portal/v1/jobs?limit=1\n${JSON.stringify(list, null, 2)}\n`)
  if (invented) {
    out.write(`
These charts are invented; this coast does not exist. For real charts, start again where NOAA is reachable, or set
PUBLIC_CHARTS_URL to a mirror. Use another DATA_DIR.
`)
  }
}

function printNextSteps(options: DemoOptions, { portal, map }: { portal: string; map: string }): void {
  const { out, baseUrl, username } = options
  // Shows the well-known default, but never the operator's own password.
  const isDefault = options.password === DEFAULT_PASSWORD
  out.write(`
Chartroom keeps serving at ${baseUrl}/; stop it with Ctrl-C. See the chart in a browser:

  ${map}
  (sign in as ${username} with ${isDefault ? `the password ${DEFAULT_PASSWORD}` : 'your password'})

In another terminal, try:

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
  out.write(`
This address opens the refresh in the portal, already signed in as ${username}; keep it to yourself:

  ${portal}
`)
}
