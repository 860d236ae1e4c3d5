import assert from 'node:assert/strict'
import { UUID_PATTERN } from '#lib/ids.ts'
import type { Answer } from './server-fixture.ts'

export interface ProblemBody {
  type: string
  title: string
  status: number
  detail: string
  code: string
  errors?: { field: string; message: string }[]
  jobId?: string
}

/** Checks that an answer is a complete problem document with this status and code, and gives it back. */
export function assertProblem(answer: Answer, status: number, code: string): ProblemBody {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const problem = answer.body as ProblemBody
  assert.equal(problem.code, code, answer.text)
  assert.equal(problem.status, status)
  for (const key of ['type', 'title', 'detail'] as const) assert.ok(problem[key].length > 0, key)
  const known = new Set(['type', 'title', 'status', 'detail', 'code', 'errors'])
  if (code === 'JOB_TYPE_ACTIVE') known.add('jobId')
  for (const key of Object.keys(problem)) assert.ok(known.has(key), `${key} does not belong into a problem`)
  assert.match(answer.headers.get('x-request-id') ?? '', UUID_PATTERN)
  if (status === 401) assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
  return problem
}
