import type { Jobs } from '#jobs/jobs.ts'

/** What the HTTP server needs of the job engine. */
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
