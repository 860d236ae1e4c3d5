import { type Static, Type } from '@fastify/type-provider-typebox'
import type { Principal } from '#accounts/users/user-record.ts'
import { text } from '#http/base/schemas.ts'
import { JOB_STATES, type JobState } from '#jobs/model/job-record.ts'
import type { JobFilter } from '#jobs/read/job-filter.ts'
import { invalidField } from '#lib/errors.ts'
import { UUID_PATTERN } from '#lib/ids.ts'
import { visibilityOf } from './job-access.ts'

/** The largest time that a date of JavaScript can hold. */
const LATEST = 8.64e15

const TimeLimit = { minimum: 0, maximum: LATEST }

/** The parameters that say which jobs are listed or counted. */
export const JobFilterQuery = Type.Object({
  activeOnly: Type.Boolean({ default: false, description: 'Only pending and running jobs' }),
  jobType: Type.Optional(text({ minLength: 1, maxLength: 200, description: 'Only jobs of this type' })),
  jobState: Type.Optional(
    Type.String({
      maxLength: 200,
      description: `Only jobs in this state, or in one of several, separated by commas: ${JOB_STATES.join(', ')}`,
    }),
  ),
  parentJobId: Type.Optional(
    Type.String({ maxLength: 200, description: 'Only the children of this job; none: only jobs without a parent' }),
  ),
  accountId: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Only jobs of this account; callers who are not administrators find none of another account',
    }),
  ),
  createdAfter: Type.Optional(
    Type.Integer({ ...TimeLimit, description: 'Only jobs created at this time or later, in milliseconds since the Unix epoch' }),
  ),
  createdBefore: Type.Optional(Type.Integer({ ...TimeLimit, description: 'Only jobs created before this time' })),
})

/**
 * The filter that a query asks for, limited to what the caller may see.
 *
 * @throws AppError VALIDATION_FAILED (400) that names what is accepted.
 */
export function jobFilterOf(query: Static<typeof JobFilterQuery>, principal: Principal): JobFilter {
  const { activeOnly, jobType, jobState, parentJobId, accountId, createdAfter, createdBefore } = query
  return {
    visibility: visibilityOf(principal),
    activeOnly,
    jobType,
    jobStates: jobState === undefined ? undefined : parseStates(jobState),
    parentJobId: parentJobId === undefined ? undefined : parseParent(parentJobId),
    accountId,
    createdAfter,
    createdBefore,
  }
}

function parseStates(given: string): JobState[] {
  const names = given.split(',')
  const states = JOB_STATES.filter((state) => names.includes(state))
  if (names.every((name) => (JOB_STATES as readonly string[]).includes(name))) return states
  throw invalidField('query', 'jobState', `must be one of ${JOB_STATES.join(', ')}, or several of them separated by commas`)
}

function parseParent(given: string): string {
  if (given === 'none' || UUID_PATTERN.test(given)) return given
  throw invalidField('query', 'parentJobId', 'must be a UUID or none')
}
