import { ApiError } from './errors.ts'
import type {
  Agreement,
  Instance,
  JobCounts,
  JobPage,
  JobState,
  JobSummary,
  LogPage,
  Upload,
  User,
  UserSession,
} from './records.ts'
import type { Requester } from './request.ts'

export interface JobQuery {
  activeOnly?: boolean | undefined
  limit?: number | undefined
  /** Null for the first page by cursor; left out, the list is read by offset. */
  cursor?: string | null | undefined
  type?: string | undefined
  states?: readonly JobState[] | undefined
  /** `none` for top-level jobs. */
  parent?: string | undefined
  accountId?: number | undefined
  createdAfter?: number | undefined
}

export interface PortalApi {
  login(username: string, password: string): Promise<{ token: { id: string }; user: User }>
  logout(): Promise<void>
  whoami(signal?: AbortSignal): Promise<User>
  changePassword(password: string): Promise<void>
  instance(signal?: AbortSignal): Promise<Instance>
  agreement(signal?: AbortSignal): Promise<Agreement>
  acceptAgreement(): Promise<Agreement>
  sessions(signal?: AbortSignal): Promise<UserSession[]>
  endSession(id: string): Promise<void>
  jobs(query: JobQuery, signal?: AbortSignal): Promise<JobPage>
  counts(query: JobQuery, signal?: AbortSignal): Promise<JobCounts>
  /** Null when there is no such job, or none that the user may see. */
  job(id: string, signal?: AbortSignal): Promise<JobSummary | null>
  status(signal?: AbortSignal): Promise<{ activeJobs: number; isEditable: boolean }>
  start(jobType: string): Promise<{ jobId: string }>
  cancel(id: string): Promise<void>
  retry(id: string, fromStep: string | null): Promise<void>
  log(
    id: string,
    query: { after?: number; before?: number; tail?: number; limit?: number },
    signal?: AbortSignal,
  ): Promise<LogPage>
  /** Null when the upload is deleted or of another account. */
  upload(id: number, signal?: AbortSignal): Promise<Upload | null>
}

const ROOT = 'api/portal/v1'

/** The endpoints of the Portal API that the portal uses, one function each. */
export function createPortalApi(requester: Requester): PortalApi {
  // The server's answers have the shapes of docs/openapi.json; this is the one place that says so to the compiler.
  async function get<T>(path: string, query: Parameters<Requester['json']>[1] = {}): Promise<T> {
    return (await requester.json(`${ROOT}/${path}`, query)) as T
  }

  async function orNull<T>(reading: Promise<T>): Promise<T | null> {
    try {
      return await reading
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null
      throw error
    }
  }

  const post = <T>(path: string, body?: unknown) => get<T>(path, { method: 'POST', body })
  const job = (id: string) => `jobs/${encodeURIComponent(id)}`

  return {
    login: (username, password) => get('auth/login', { method: 'POST', body: { username, password }, anonymous: true }),
    logout: () => post('auth/logout'),
    whoami: (signal) => get('auth/whoami', { signal }),
    changePassword: (password) => post('user/passwordChange', { password }),
    instance: (signal) => get('instance', { signal }),
    agreement: (signal) => get('agreements/noaa', { signal }),
    acceptAgreement: () => post('agreements/noaa', { accepted: true }),
    sessions: (signal) => get('user/sessions', { signal }),
    endSession: (id) => get('user/sessions', { method: 'DELETE', body: { id } }),
    jobs: (query, signal) => get('jobs', { query: { ...jobParameters(query), view: 'summary' }, signal }),
    counts: (query, signal) => get('jobs/counts', { query: jobParameters(query), signal }),
    job: (id, signal) => orNull(get(job(id), { query: { view: 'summary' }, signal })),
    status: (signal) => get('jobs/getJobStatus', { signal }),
    start: (jobType) => post('jobs', { jobType }),
    cancel: (id) => post(`${job(id)}/cancel`),
    retry: (id, fromStep) => post(`${job(id)}/retry`, fromStep === null ? {} : { fromStep }),
    log: (id, query, signal) => get(`${job(id)}/logs`, { query, signal }),
    upload: async (id, signal) => {
      const found = await orNull(get<{ upload: Upload }>(`charts/uploads/${id}`, { signal }))
      return found?.upload ?? null
    },
  }
}

function jobParameters({ activeOnly, limit, cursor, type, states, parent, accountId, createdAfter }: JobQuery) {
  return {
    ...(activeOnly === true ? { activeOnly } : {}),
    limit,
    cursor: cursor === undefined ? undefined : (cursor ?? ''),
    jobType: type,
    jobState: states === undefined || states.length === 0 ? undefined : states.join(','),
    parentJobId: parent,
    accountId,
    createdAfter,
  }
}
