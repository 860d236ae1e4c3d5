/** The states in which a job may end, which a webhook is told about. */
export const WEBHOOK_STATES = ['completed', 'failed', 'cancelled'] as const
export type WebhookState = (typeof WEBHOOK_STATES)[number]

/** What a client sets of a webhook. */
export interface WebhookSettings {
  /** An http or https address, checked by `checkWebhookUrl`. */
  url: string
  jobStates: WebhookState[]
  /** Null for every type, of jobs without a parent. */
  jobTypes: string[] | null
  active: boolean
}

/** A webhook as the API shows it; its secret is not part of it. */
export interface WebhookRecord extends WebhookSettings {
  id: number
  createdAt: number
  updatedAt: number
}

/** A webhook right after its secret was made: the only time that it is shown. */
export interface WebhookWithSecret extends WebhookRecord {
  secret: string
}

/** pending: not accepted yet, another attempt follows; failed: given up. */
export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** One message to a webhook. */
export interface DeliveryRecord {
  id: string
  /** Such as `job.completed`, or `test`. */
  event: string
  jobId: string | null
  state: DeliveryState
  attempts: number
  createdAt: number
  /** Null when there is none. */
  nextAttemptAt: number | null
  endedAt: number | null
  /** HTTP status of the last answer; null without one. */
  status: number | null
  /** Why the last attempt failed. */
  error: string | null
  /** How long the last attempt took. */
  milliseconds: number | null
  /** What became of it, and whether and when it is sent again, for people. */
  words: string
}
