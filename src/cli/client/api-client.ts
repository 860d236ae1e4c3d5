import { ApiError, createServerCall } from './server-call.ts'

const PORTAL = '/api/portal/v1'

/** The fields of a job in List Jobs that the command line shows. */
export interface ListedJob {
  id: string
  parentJobId: string | null
  jobType: string
  jobState: string
  percentComplete: number
  result: Record<string, unknown> | null
  logs: { timestamp: string; type: string; message: string }[]
  steps: { stepName: string; status: string; attempt: number }[]
}

export interface JobList {
  jobs: ListedJob[]
  pagination: { limit: number; offset: number; total: number }
}

/** The fields of a cell that the command line uses. */
export interface ListedCell {
  bbox: [west: number, south: number, east: number, north: number]
  compilationScale: number
}

export interface ApiClient {
  /** Returns the id of the new job; null when one of this type is already pending or running (409). */
  createJob(jobType: string): Promise<string | null>
  listJobs(query?: { activeOnly?: boolean; limit?: number }): Promise<JobList>
  /** Some of the visible cells, with their boxes: west, south, east, north. */
  listCells(): Promise<ListedCell[]>
  logout(): Promise<void>
  /** The bearer string of this session. */
  session: string
}

/**
 * Logs in to a Chartroom over HTTP.
 *
 * @throws ApiError with the server's message when it refuses.
 */
export async function connect(baseUrl: string, username: string, password: string): Promise<ApiClient> {
  const anyone = createServerCall(baseUrl, null)
  const login = await anyone.call<{ token: { id: string } }>('POST', `${PORTAL}/auth/login`, { body: { username, password } })
  const token = login.token.id
  const { call } = createServerCall(baseUrl, token)

  return {
    async createJob(jobType) {
      try {
        return (await call<{ jobId: string }>('POST', `${PORTAL}/jobs`, { body: { jobType } })).jobId
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) return null
        throw error
      }
    },
    listJobs: ({ activeOnly = false, limit = 25 } = {}) =>
      call<JobList>('GET', `${PORTAL}/jobs?activeOnly=${activeOnly}&limit=${limit}`),
    async listCells() {
      const query = new URLSearchParams({ limit: '200' })
      return (await call<{ cells: ListedCell[] }>('GET', `/api/v1/cells?${query}`)).cells
    },
    logout: () => call<void>('POST', `${PORTAL}/auth/logout`),
    session: token,
  }
}
