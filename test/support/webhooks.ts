import { randomBytes } from 'node:crypto'
import { createTokenCipher } from '#accounts/secrets/token-cipher.ts'
import type { Db } from '#db/database.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import { createMetrics } from '#lib/metrics.ts'
import { createWebhookSender, type SenderOptions } from '#webhooks/sender.ts'
import { createWebhooks, type Webhooks } from '#webhooks/webhooks.ts'

const cipher = createTokenCipher(randomBytes(32))

/** Webhooks over a test database, which may lead to this machine unless a guard is given. */
export function createTestWebhooks(db: Db, given: Partial<SenderOptions> = {}): Webhooks {
  return createWebhooks({ db, clock: systemClock, cipher, guard: { allowPrivate: true }, ...given })
}

/** Sends the messages of the webhooks above without long pauses. `await using` stops it. */
export function startTestSender(db: Db, given: Partial<SenderOptions> = {}): AsyncDisposable {
  const sender = createWebhookSender({
    ...{ db, clock: systemClock, log: silentLog(), metrics: createMetrics(), cipher, version: '0.0.0-test' },
    ...{ guard: { allowPrivate: true }, backOff: [20, 20, 20, 20], interval: 20 },
    ...given,
  })
  sender.start()
  return { [Symbol.asyncDispose]: () => sender.stop() }
}
