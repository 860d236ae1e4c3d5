import assert from 'node:assert/strict'
import { Ajv } from 'ajv'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { listJobsSchema } from './list-jobs-schema.ts'

export interface ListAnswer {
  jobs: JobRecord[]
  pagination: { limit: number; offset: number; total: number }
}

/** Checks that a body is what the contract says List Jobs answers, with no field more, and gives it back. */
export function assertListAnswer(body: unknown): ListAnswer {
  const matches = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<ListAnswer>(listJobsSchema)
  if (!matches(body)) assert.fail(`not a List Jobs answer: ${JSON.stringify(matches.errors)}`)
  return body
}
