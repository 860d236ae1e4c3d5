import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import type { JobSummary } from '#jobs/model/job-summary.ts'
import { eventFrame } from '../../events/event-stream.ts'
import type { EventStreams } from '../../events/event-streams.ts'
import { visibilityOf } from './job-access.ts'
import { JOB_TAGS, ViewParameter } from './job-schema.ts'

const DESCRIPTION = `Server-sent events. Each \`job\` event holds one job as List Jobs shows it, in the requested view; its id is the time of the change in milliseconds, a dot and the id of the job. Changes close together come as one, but the state a job ends in always comes.

\`reset\` means that changes may have been missed: read the list again. It is the first event after a reconnection (a request with \`Last-Event-ID\`); nothing is replayed. Open the stream before you read the list, so that no change is missed. A comment every 15 seconds keeps the connection open.`

/** Changed jobs as they happen, for callers who may see them. */
export function jobEventsRoute(app: App, { jobs, streams }: { jobs: JobsService; streams: EventStreams }): void {
  // Every client gets the same record object, so it is written once for all of them.
  const frames = new WeakMap<JobRecord | JobSummary, string>()
  function frameOf(job: JobRecord | JobSummary): string {
    const frame = frames.get(job) ?? eventFrame({ name: 'job', id: `${job.updatedAt}.${job.id}`, data: JSON.stringify(job) })
    frames.set(job, frame)
    return frame
  }

  // HEAD answers without opening a stream.
  app.head('/api/portal/v1/jobs/events', { config: { auth: 'any' }, schema: { hide: true } }, (_request, reply) =>
    reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store, no-transform').send(),
  )

  app.get(
    '/api/portal/v1/jobs/events',
    {
      config: { auth: 'any', endless: true },
      // A HEAD request would hold a stream that no client reads.
      exposeHeadRoute: false,
      schema: {
        tags: JOB_TAGS,
        operationId: 'streamJobEvents',
        summary: 'Changed jobs as they happen',
        description: DESCRIPTION,
        querystring: Type.Object({ view: ViewParameter }),
        headers: Type.Object({
          'last-event-id': Type.Optional(Type.String({ description: 'Sent by clients that connect again' })),
        }),
        response: {
          200: { description: 'An event stream', content: { 'text/event-stream': { schema: Type.String() } } },
          ...problems(400, 401, 429),
        },
      },
    },
    (request, reply) => {
      streams.open(request, reply, (stream) =>
        jobs.subscribe({
          visibility: visibilityOf(principalOf(request)),
          view: request.query.view ?? 'full',
          onJob: (job: JobRecord | JobSummary) => stream.send(job.id, frameOf(job)),
          onReset: () => stream.reset(),
        }),
      )
    },
  )
}
