import { createTokenCipher } from '#accounts/secrets/token-cipher.ts'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import { systemClock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { Metrics } from '#lib/metrics.ts'
import { VERSION } from '#lib/version.ts'
import { createWebhookSender } from '#webhooks/sender.ts'
import { createWebhooks, type Webhooks } from '#webhooks/webhooks.ts'

/** The webhooks of all accounts, and the sender of their messages, which starts here unless this is a worker. */
export function composeWebhooks(
  config: Config,
  { db, log, metrics, secretKey }: { db: Db; log: Log; metrics: Metrics; secretKey: Buffer },
  closing: AsyncDisposableStack,
): Webhooks {
  const cipher = createTokenCipher(secretKey)
  const parts = { db, clock: systemClock, cipher, guard: config.webhooks }
  // A worker may live in a network without a way to the receivers, where each of its attempts would fail and delay the message.
  if (config.role !== 'worker') {
    const sender = createWebhookSender({ ...parts, log, metrics, version: VERSION })
    closing.defer(() => sender.stop())
    sender.start()
  }
  return createWebhooks(parts)
}
