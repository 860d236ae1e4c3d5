import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { Empty, problems } from '#http/base/schemas.ts'
import { WEBHOOK_STATES } from '#webhooks/webhook-record.ts'
import type { Webhooks } from '#webhooks/webhooks.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import {
  jobStatesOf,
  NewWebhook,
  SecretSchema,
  WEBHOOK_CONFIG,
  WEBHOOK_TAGS,
  WEBHOOKS_URL,
  WebhookChanges,
  WebhookIdParameter,
  WebhookSchema,
  webhookIdOf,
  withEvents,
} from './webhook-schemas.ts'

/** Webhooks of the caller's account. */
export function webhookRoutes(app: App, { webhooks }: { webhooks: Webhooks }): void {
  collectionRoutes(app, webhooks)
  memberRoutes(app, webhooks)
  deliveryRoutes(app, webhooks)
}

function collectionRoutes(app: App, webhooks: Webhooks): void {
  app.get(
    WEBHOOKS_URL,
    {
      config: WEBHOOK_CONFIG,
      schema: {
        tags: WEBHOOK_TAGS,
        operationId: 'listWebhooks',
        summary: 'Webhooks of the account, oldest first',
        description: 'Without pages: an account has at most 20. Secrets are never in it.',
        response: { 200: Type.Array(WebhookSchema), ...problems(401) },
      },
    },
    async (request) => (await webhooks.list(accountOf(request))).map(withEvents),
  )

  app.post(
    WEBHOOKS_URL,
    {
      config: WEBHOOK_CONFIG,
      schema: {
        tags: WEBHOOK_TAGS,
        operationId: 'createWebhook',
        summary: 'Create a webhook',
        description:
          'It is told about jobs of the account and of the whole server: without jobStates or events, about every end; without jobTypes, about every job without a parent. Messages follow the Standard Webhooks specification.',
        body: NewWebhook,
        response: { 200: SecretSchema, ...problems(400, 401) },
      },
    },
    async (request) => {
      const { url, jobTypes = null, active = true } = request.body
      const jobStates = jobStatesOf(request.body) ?? [...WEBHOOK_STATES]
      return withEvents(await webhooks.create(accountOf(request), { url, jobStates, jobTypes, active }))
    },
  )
}

function memberRoutes(app: App, webhooks: Webhooks): void {
  const url = `${WEBHOOKS_URL}/:id`
  const common = { tags: WEBHOOK_TAGS, params: WebhookIdParameter }

  app.get(
    url,
    {
      config: WEBHOOK_CONFIG,
      schema: {
        ...common,
        operationId: 'getWebhook',
        summary: 'One webhook',
        description: '404 WEBHOOK_NOT_FOUND also for a webhook of another account.',
        response: { 200: WebhookSchema, ...problems(401, 404) },
      },
    },
    async (request) => withEvents(await webhooks.get(accountOf(request), webhookIdOf(request.params))),
  )

  app.post(
    url,
    {
      config: WEBHOOK_CONFIG,
      schema: {
        ...common,
        operationId: 'updateWebhook',
        summary: 'Change a webhook',
        description:
          'Omitted members stay unchanged, and the secret always does. What is queued goes to the new address. 400 WEBHOOK_URL_REFUSED for an address in a private network, unless the operator allows it.',
        body: WebhookChanges,
        response: { 200: WebhookSchema, ...problems(400, 401, 404) },
      },
    },
    async (request) => {
      const { events: _events, jobStates: _jobStates, ...changes } = request.body
      const jobStates = jobStatesOf(request.body)
      const change = jobStates === undefined ? changes : { ...changes, jobStates }
      return withEvents(await webhooks.update(accountOf(request), webhookIdOf(request.params), change))
    },
  )

  app.delete(
    url,
    {
      config: WEBHOOK_CONFIG,
      schema: {
        ...common,
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook with its deliveries',
        description: 'Messages that wait for another attempt are dropped. One that is being sent right now may still arrive.',
        response: { 204: Empty, ...problems(401, 404) },
      },
    },
    async (request, reply) => {
      await webhooks.delete(accountOf(request), webhookIdOf(request.params))
      return await reply.code(204).send(null)
    },
  )

  app.post(
    `${url}/secret`,
    {
      config: WEBHOOK_CONFIG,
      schema: {
        ...common,
        operationId: 'rotateWebhookSecret',
        summary: 'Make a new secret',
        description:
          'Only this response shows it. For a day messages carry a signature of the old secret too, so that the receiver can be changed without losing any.',
        response: { 200: SecretSchema, ...problems(401, 404) },
      },
    },
    async (request) => withEvents(await webhooks.rotateSecret(accountOf(request), webhookIdOf(request.params))),
  )
}

function accountOf(request: FastifyRequest): number {
  return principalOf(request).user.account.id
}
