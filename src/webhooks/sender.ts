import { Agent } from 'undici'
import type { Db } from '#db/database.ts'
import { type Background, createBackground } from '#lib/background.ts'
import type { Clock } from '#lib/clock.ts'
import { createGuardedAgent } from '#lib/guarded-agent.ts'
import { limitRepeats } from '#lib/limit-repeats.ts'
import type { Log } from '#lib/log.ts'
import type { Metrics } from '#lib/metrics.ts'
import { isPrivateAddress } from '#lib/private-address.ts'
import type { UrlGuard } from './check-webhook-url.ts'
import { type AttemptOutcome, type ClaimedDelivery, claimDue, putBack, recordAttempt } from './delivery-queue.ts'
import { postMessage } from './post-message.ts'
import { signMessage } from './sign-message.ts'
import type { WebhookCipher } from './webhooks.ts'

export interface SenderOptions {
  db: Db
  clock: Clock
  log: Log
  metrics: Metrics
  cipher: WebhookCipher
  guard: UrlGuard
  version: string
  /** Milliseconds before each further attempt; after the last one the delivery is given up. */
  backOff?: readonly number[]
  /** How often due deliveries are looked for, in milliseconds. */
  interval?: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Over two days: a receiver that is down for an hour, or for a night, still gets its messages. */
const BACK_OFF = [
  ...[10 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR],
]
const INTERVAL = 2 * SECOND
/** How many receivers are sent messages at the same time. */
const MOST_AT_ONCE = 16

/** Sends due deliveries in the background. Several processes share the work; a delivery whose process dies is sent again. */
export function createWebhookSender(options: SenderOptions): Background {
  const { db, clock, log, guard, backOff = BACK_OFF, interval = INTERVAL } = options
  const isRefused = guard.allowPrivate ? () => false : (guard.isPrivate ?? isPrivateAddress)
  const dispatcher = guard.allowPrivate ? new Agent() : createGuardedAgent(isRefused)
  const attempts = options.metrics.counter('chartroom_webhook_attempts_total', 'Attempts to deliver a webhook message.', [
    'outcome',
  ])
  const warnings = limitRepeats(log)

  async function attempt(delivery: ClaimedDelivery, signal: AbortSignal): Promise<AttemptOutcome> {
    const keys = [delivery.secret, delivery.previousSecret].filter((key) => key !== null)
    const secrets = keys.map((key) => options.cipher.decrypt(key)).filter((secret) => secret !== null)
    if (secrets.length === 0) {
      const error = 'The secret cannot be decrypted, because secret.key has changed: make a new secret.'
      return { status: null, error, milliseconds: 0 }
    }
    const body = messageOf(delivery)
    const timestamp = Math.floor(clock.now() / SECOND)
    const signed = signMessage({ id: delivery.id, timestamp, body }, secrets)
    const headers = { ...signed, 'content-type': 'application/json', 'user-agent': `Chartroom/${options.version}` }
    return await postMessage(delivery.url, { headers, body }, { dispatcher, isRefused, signal })
  }

  /** Never throws: a delivery without a recorded outcome is sent again when its claim has run out. */
  async function deliver(delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
    try {
      const outcome = await attempt(delivery, signal)
      const pause = backOff[delivery.attempt - 1] ?? null
      // Spreads the messages that a receiver missed while it was down.
      await recordAttempt(db, delivery, outcome, pause === null ? null : Math.round(pause * (0.9 + 0.2 * Math.random())))
      attempts.add({ outcome: outcome.error === null ? 'accepted' : 'failed' })
      if (outcome.error !== null) {
        warnings.warn(
          { webhookId: delivery.webhookId, status: outcome.status },
          `a webhook message was not accepted: ${outcome.error}`,
        )
      }
    } catch (error) {
      if (signal.aborted) await putBack(db, delivery).catch(() => undefined)
      else warnings.warn({ err: error, webhookId: delivery.webhookId }, 'a webhook message is sent again in a minute')
    }
  }

  async function sendDue(signal: AbortSignal): Promise<void> {
    const sending = new Map<number, Promise<void>>()
    try {
      for (;;) {
        signal.throwIfAborted()
        const limit = MOST_AT_ONCE - sending.size
        const claimed = limit === 0 ? [] : await claimDue(db, { busy: [...sending.keys()], limit })
        for (const delivery of claimed) {
          const { webhookId } = delivery
          sending.set(
            webhookId,
            deliver(delivery, signal).finally(() => sending.delete(webhookId)),
          )
        }
        if (sending.size === 0) return
        await Promise.race([...sending.values(), clock.sleep(interval, signal)])
      }
    } finally {
      await Promise.all(sending.values())
    }
  }

  const background = createBackground({
    ...{ name: 'sending webhook messages', intervalMilliseconds: interval, atStart: true, clock, log },
    runOnce: sendDue,
  })
  return {
    start: () => background.start(),
    async stop() {
      await background.stop()
      await dispatcher.destroy()
    },
  }
}

/** The body: the same for every attempt. */
function messageOf({ event, createdAt, payload }: ClaimedDelivery): string {
  return JSON.stringify({ type: event, timestamp: new Date(createdAt).toISOString(), data: payload })
}
