import { ApiError } from './errors.ts'
import { createJsonCall } from './json-call.ts'
import type { Requester } from './request.ts'
import type { Schemas } from './schema.ts'

export type Webhook = Schemas['Webhook']
export type WebhookWithSecret = Schemas['WebhookWithSecret']
export type WebhookDelivery = Schemas['WebhookDelivery']
export type WebhookState = Webhook['jobStates'][number]

/** What a user sets of a webhook. */
export type WebhookSettings = Pick<Webhook, 'url' | 'jobStates' | 'jobTypes' | 'active'>

/** Webhooks of the account of the user. */
export interface WebhooksApi {
  /** Oldest first. */
  list(signal?: AbortSignal): Promise<Webhook[]>
  /** Null when there is none, or it is of another account. */
  get(id: number, signal?: AbortSignal): Promise<Webhook | null>
  create(settings: WebhookSettings): Promise<WebhookWithSecret>
  update(id: number, settings: Partial<WebhookSettings>): Promise<Webhook>
  delete(id: number): Promise<void>
  newSecret(id: number): Promise<WebhookWithSecret>
  test(id: number): Promise<WebhookDelivery>
  /** Newest first. */
  deliveries(id: number, signal?: AbortSignal): Promise<WebhookDelivery[]>
}

/** How many of the last messages of a webhook are read. */
export const LAST_DELIVERIES = 50
const ROOT = 'api/portal/v1/webhooks'

/** The endpoints of webhooks, one function each. */
export function createWebhooksApi(requester: Requester, base: string): WebhooksApi {
  // The server's answers have the shapes of docs/openapi.json; this is the one place that says so to the compiler.
  const call = createJsonCall(requester, base)
  return {
    list: (signal) => call(ROOT, { signal }),
    async get(id, signal) {
      try {
        return await call<Webhook>(`${ROOT}/${id}`, { signal })
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
    create: (body) => call(ROOT, { method: 'POST', body }),
    update: (id, body) => call(`${ROOT}/${id}`, { method: 'POST', body }),
    delete: (id) => call(`${ROOT}/${id}`, { method: 'DELETE' }),
    newSecret: (id) => call(`${ROOT}/${id}/secret`, { method: 'POST' }),
    test: (id) => call(`${ROOT}/${id}/test`, { method: 'POST' }),
    deliveries: async (id, signal) =>
      (await call<{ deliveries: WebhookDelivery[] }>(`${ROOT}/${id}/deliveries`, { query: { limit: LAST_DELIVERIES }, signal }))
        .deliveries,
  }
}
