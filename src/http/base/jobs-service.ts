import type { Jobs } from '#jobs/jobs.ts'

/** The part of the job engine that the HTTP server needs. */
export type JobsService = Pick<
  Jobs,
  | 'list'
  | 'listSummaries'
  | 'counts'
  | 'get'
  | 'getSummary'
  | 'log'
  | 'treeLogs'
  | 'create'
  | 'creatableTypes'
  | 'isAdministrative'
  | 'countActive'
  | 'cancel'
  | 'retry'
  | 'subscribe'
>
