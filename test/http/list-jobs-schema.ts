// What the contract says about the answer of List Jobs, as a JSON schema of its own: it shares nothing with the schemas that the
// server writes its answers by, so that a mistake there is found here.

const uuid = { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' }
const nullableUuid = { ...uuid, type: ['string', 'null'] }
// Milliseconds since the Unix epoch: seconds would be too small, microseconds too large.
const time = { type: 'integer', minimum: 1_000_000_000_000, maximum: 9_999_999_999_999 }
const nullableTime = { ...time, type: ['integer', 'null'] }

function record(properties: Record<string, unknown>) {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties }
}

export const listJobsSchema = record({
  jobs: {
    type: 'array',
    maxItems: 200,
    items: record({
      id: uuid,
      parentJobId: nullableUuid,
      jobType: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$' },
      jobState: { enum: ['pending', 'running', 'completed', 'failed', 'cancelled'] },
      accountId: { type: ['integer', 'null'] },
      parameters: { type: 'object' },
      result: { type: ['object', 'null'] },
      logs: {
        type: 'array',
        maxItems: 100,
        items: record({
          timestamp: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+00:00$' },
          type: { enum: ['info', 'warning', 'error'] },
          message: { type: 'string' },
        }),
      },
      percentComplete: { type: 'integer', minimum: 0, maximum: 100 },
      priority: { type: 'integer' },
      createdAt: time,
      updatedAt: time,
      steps: {
        type: 'array',
        items: record({
          id: uuid,
          jobId: uuid,
          stepName: { type: 'string', pattern: '^[a-z0-9_]+$' },
          status: { enum: ['pending', 'running', 'completed', 'failed', 'skipped', 'cancelled'] },
          startedAt: nullableTime,
          completedAt: nullableTime,
          result: {},
          error: {},
          attempt: { type: 'integer', minimum: 0 },
        }),
      },
    }),
  },
  pagination: record({
    limit: { type: 'integer', minimum: 1, maximum: 200 },
    offset: { type: 'integer', minimum: 0, maximum: 100_000 },
    total: { type: 'integer', minimum: 0 },
  }),
})
