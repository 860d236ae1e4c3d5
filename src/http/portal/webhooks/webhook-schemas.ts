import { type Static, Type } from '@fastify/type-provider-typebox'
import { nullable, Time, text, timeWhen } from '#http/base/schemas.ts'
import { TEXT_PATTERNS } from '#http/base/text-patterns.ts'
import { AppError, invalidField } from '#lib/errors.ts'
import { DELIVERY_STATES, type DeliveryState, WEBHOOK_STATES, type WebhookState } from '#webhooks/webhook-record.ts'

export const WEBHOOK_TAGS = ['Webhooks']
export const WEBHOOKS_URL = '/api/portal/v1/webhooks'
/** As for API tokens: a token that is written into pages may not send the account's jobs elsewhere. */
export const WEBHOOK_CONFIG = { auth: 'any' as const, unrestricted: true, compress: false }

const State = Type.Unsafe<WebhookState>({ type: 'string', enum: [...WEBHOOK_STATES] })

const EVENTS = WEBHOOK_STATES.map((state) => `job.${state}` as const)
type WebhookEvent = (typeof EVENTS)[number]

const Event = Type.Unsafe<WebhookEvent>({ type: 'string', enum: [...EVENTS] })

const members = {
  url: text({ minLength: 1, maxLength: 2_000, description: 'An http or https address that takes POST requests' }),
  jobStates: Type.Array(State, { minItems: 1, maxItems: 3, uniqueItems: true, description: 'Which ends it is told about' }),
  events: Type.Array(Event, {
    ...{ minItems: 1, maxItems: 3, uniqueItems: true },
    description: 'The same as jobStates, by the types of the messages; only one of the two can be given',
  }),
  jobTypes: Type.Unsafe<string[] | null>({
    type: ['array', 'null'],
    items: { type: 'string', minLength: 1, maxLength: 100, pattern: TEXT_PATTERNS.jobType },
    maxItems: 50,
    examples: [['refresh-public-charts']],
    description: 'Only jobs of these types, children included; null for every job without a parent',
  }),
  active: Type.Boolean({ description: 'While false nothing is queued, and what is queued waits' }),
}

/** As a client creates it. */
export const NewWebhook = Type.Object({
  url: members.url,
  jobStates: Type.Optional(members.jobStates),
  events: Type.Optional(members.events),
  jobTypes: Type.Optional(members.jobTypes),
  active: Type.Optional(members.active),
})
/** As a client changes it. */
export const WebhookChanges = Type.Partial(Type.Object(members))

export const WebhookSchema = Type.Object(
  { id: Type.Integer({ description: 'The number of the webhook' }), ...members, createdAt: Time, updatedAt: Time },
  { title: 'Webhook', description: 'Where messages about ended jobs go' },
)
export const SecretSchema = Type.Object(
  {
    ...WebhookSchema.properties,
    secret: Type.String({ description: 'Signs the messages; shown here and never again' }),
  },
  { title: 'WebhookWithSecret', description: 'A webhook right after its secret was made' },
)

export const DeliverySchema = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'The header webhook-id: the same for every attempt' }),
    event: Type.String({ description: 'job.completed, job.failed, job.cancelled or test' }),
    jobId: nullable(Type.String({ description: 'The job that ended; null for a test' })),
    state: Type.Unsafe<DeliveryState>({
      type: 'string',
      enum: [...DELIVERY_STATES],
      description: 'pending: not accepted yet, and sent again; delivered: accepted; failed: given up',
    }),
    attempts: Type.Integer({ minimum: 0, description: 'How often it was sent, at most 13 times' }),
    createdAt: Time,
    nextAttemptAt: nullable(timeWhen('the next attempt at the earliest; null once it was delivered or given up')),
    endedAt: nullable(timeWhen('when it was delivered or given up; null while it is pending')),
    status: nullable(Type.Integer({ description: 'HTTP status of the last response; null when there was none' })),
    error: nullable(
      Type.String({ description: 'Why the last attempt failed, in a sentence; null when it was accepted or none was made' }),
    ),
    milliseconds: nullable(Type.Integer({ description: 'How long the last attempt took; null before the first' })),
    words: Type.String({ description: 'What became of it, and whether and when it is sent again, for people; times in UTC' }),
  },
  { title: 'WebhookDelivery', description: 'One message to a webhook' },
)

/**
 * The ends that a client asks for in either form; undefined when it names none.
 *
 * @throws AppError VALIDATION_FAILED (400) when it names them twice.
 */
export function jobStatesOf(given: Static<typeof WebhookChanges>): WebhookState[] | undefined {
  const { jobStates, events } = given
  if (events === undefined) return jobStates
  if (jobStates !== undefined) throw invalidField('body', '/events', 'must be omitted when jobStates is given')
  return WEBHOOK_STATES.filter((state) => events.includes(`job.${state}`))
}

/** A webhook as the API returns it: with its ends in both forms. */
export function withEvents<T extends { jobStates: readonly WebhookState[] }>(webhook: T): T & { events: WebhookEvent[] } {
  return { ...webhook, events: webhook.jobStates.map((state) => `job.${state}` as const) }
}

export const WebhookIdParameter = Type.Object({ id: Type.String({ description: 'The id of the webhook' }) })

/** @throws AppError WEBHOOK_NOT_FOUND (404) when no webhook can have this id. */
export function webhookIdOf({ id }: Static<typeof WebhookIdParameter>): number {
  if (!/^\d{1,15}$/.test(id)) throw new AppError('WEBHOOK_NOT_FOUND', `There is no webhook ${id.slice(0, 40)} on your account.`)
  return Number(id)
}
