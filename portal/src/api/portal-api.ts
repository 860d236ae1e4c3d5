import { type ApiClient, recordOf } from './api-client.ts'
import { ApiError } from './errors.ts'
import type {
  Account,
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
  /** For administrators: every account, oldest first. */
  accounts(signal?: AbortSignal): Promise<Account[]>
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

/** The endpoints of the Portal API that the portal uses, one function each. */
export function createPortalApi(client: ApiClient, requester: Requester): PortalApi {
  return { ...accountCalls(client, requester), ...serverCalls(client), ...jobCalls(client) }
}

type AccountCalls = Pick<PortalApi, 'login' | 'logout' | 'whoami' | 'changePassword' | 'accounts' | 'sessions' | 'endSession'>

function accountCalls(client: ApiClient, requester: Requester): AccountCalls {
  return {
    login: (username, password) =>
      recordOf(client.POST('/api/portal/v1/auth/login', { body: { username, password }, fetch: requester.fetchAnonymously })),
    logout: async () => {
      await client.POST('/api/portal/v1/auth/logout')
    },
    whoami: (signal) => recordOf(client.GET('/api/portal/v1/auth/whoami', { signal: signal ?? null })),
    changePassword: async (password) => {
      await client.POST('/api/portal/v1/user/passwordChange', { body: { password } })
    },
    accounts: (signal) => recordOf(client.GET('/api/portal/v1/admin/getAllAccounts', { signal: signal ?? null })),
    sessions: (signal) => recordOf(client.GET('/api/portal/v1/user/sessions', { signal: signal ?? null })),
    endSession: async (id) => {
      await client.DELETE('/api/portal/v1/user/sessions', { body: { id } })
    },
  }
}

function serverCalls(client: ApiClient): Pick<PortalApi, 'instance' | 'agreement' | 'acceptAgreement' | 'status' | 'upload'> {
  return {
    instance: (signal) => recordOf(client.GET('/api/portal/v1/instance', { signal: signal ?? null })),
    agreement: (signal) => recordOf(client.GET('/api/portal/v1/agreements/noaa', { signal: signal ?? null })),
    acceptAgreement: () => recordOf(client.POST('/api/portal/v1/agreements/noaa', { body: { accepted: true } })),
    status: (signal) => recordOf(client.GET('/api/portal/v1/jobs/getJobStatus', { signal: signal ?? null })),
    upload: async (id, signal) => {
      const path = { id: String(id) }
      const found = await orNull(
        recordOf(client.GET('/api/portal/v1/charts/uploads/{id}', { params: { path }, signal: signal ?? null })),
      )
      return found?.upload ?? null
    },
  }
}

function jobCalls(client: ApiClient): Pick<PortalApi, 'jobs' | 'counts' | 'job' | 'start' | 'cancel' | 'retry' | 'log'> {
  return {
    jobs: async (query, signal) => {
      const params = { query: { ...jobParameters(query), view: 'summary' as const } }
      // With view=summary the server returns summaries, which the document cannot express.
      return (await recordOf(client.GET('/api/portal/v1/jobs', { params, signal: signal ?? null }))) as JobPage
    },
    counts: (query, signal) =>
      recordOf(client.GET('/api/portal/v1/jobs/counts', { params: { query: jobParameters(query) }, signal: signal ?? null })),
    job: async (jobId, signal) => {
      const params = { path: { id: jobId }, query: { view: 'summary' as const } }
      return (await orNull(
        recordOf(client.GET('/api/portal/v1/jobs/{id}', { params, signal: signal ?? null })),
      )) as JobSummary | null
    },
    start: (jobType) => recordOf(client.POST('/api/portal/v1/jobs', { body: { jobType } })),
    cancel: async (jobId) => {
      await client.POST('/api/portal/v1/jobs/{id}/cancel', { params: { path: { id: jobId } } })
    },
    retry: async (jobId, fromStep) => {
      const body = fromStep === null ? {} : { fromStep }
      await client.POST('/api/portal/v1/jobs/{id}/retry', { params: { path: { id: jobId } }, body })
    },
    log: (jobId, query, signal) =>
      recordOf(client.GET('/api/portal/v1/jobs/{id}/logs', { params: { path: { id: jobId }, query }, signal: signal ?? null })),
  }
}

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
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
