import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import type { Webhooks } from '#webhooks/webhooks.ts'
import { DeliverySchema, WEBHOOK_CONFIG, WEBHOOK_TAGS, WEBHOOKS_URL, WebhookIdParameter, webhookIdOf } from './webhook-schemas.ts'

const MAXIMUM_LIMIT = 100

/** The latest deliveries of a webhook, and a test message. */
export function deliveryRoutes(app: App, webhooks: Webhooks): void {
  const common = { tags: WEBHOOK_TAGS, params: WebhookIdParameter }

  app.post(
    `${WEBHOOKS_URL}/:id/test`,
    {
      config: WEBHOOK_CONFIG,
      schema: {
        ...common,
        operationId: 'testWebhook',
        summary: 'Queue a test message',
        description:
          'Its event is test. It is sent within seconds, also while the webhook is not active, and sent again as any message is when it is refused. The list of deliveries says what became of it.',
        response: { 200: DeliverySchema, ...problems(401, 404) },
      },
    },
    async (request) => await webhooks.test(principalOf(request).user.account.id, webhookIdOf(request.params)),
  )

  app.get(
    `${WEBHOOKS_URL}/:id/deliveries`,
    {
      config: WEBHOOK_CONFIG,
      schema: {
        ...common,
        operationId: 'listWebhookDeliveries',
        summary: 'The latest deliveries of a webhook, newest first',
        description: `Each webhook keeps its last ${MAXIMUM_LIMIT} ended deliveries.`,
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, default: 25, description: `More than ${MAXIMUM_LIMIT} counts as ${MAXIMUM_LIMIT}` }),
        }),
        response: {
          200: Type.Object({ deliveries: Type.Array(DeliverySchema, { description: 'Newest first' }) }),
          ...problems(400, 401, 404),
        },
      },
    },
    async (request) => {
      const limit = Math.min(request.query.limit, MAXIMUM_LIMIT)
      const { account } = principalOf(request).user
      return { deliveries: await webhooks.deliveries(account.id, webhookIdOf(request.params), limit) }
    },
  )
}
