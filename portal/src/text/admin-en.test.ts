import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountUsage, AdminUser } from '../api/admin-api.ts'
import type { WebhookDelivery } from '../api/webhooks-api.ts'
import { deletionSentence, deliveryText, heardText, userGuard } from './admin-en.ts'

const empty: AccountUsage = {
  ...{ accountId: 4, users: 0, tokens: 0, uploads: 0, charts: 0, styles: 0, webhooks: 0, exports: 0 },
  ...{ uploadBytes: 0, exportBytes: 0 },
}

test('a deletion names everything that is deleted with the account, and nothing that it does not have', () => {
  assert.equal(deletionSentence(empty), 'Nothing else belongs to the account.')
  const some = { ...empty, users: 1, tokens: 2, uploads: 1, charts: 12, uploadBytes: 31_000_000 }
  assert.equal(
    deletionSentence(some),
    'The account is deleted with 1 user, 2 API tokens and 1 upload with 12 charts in use (31 MB), and with its jobs and reports.',
  )
  assert.match(deletionSentence({ ...empty, exports: 2, exportBytes: 4_000 }), /with 2 offline packs \(4 kB\), and/)
})

test('the reasons why a user cannot be deleted come in the order of the server’s checks', () => {
  const user: AdminUser = { id: 7, email: 'mate', accountId: 4, isAdmin: false, createdAt: 0 }
  assert.equal(userGuard(user, 7, 5), 'You cannot delete yourself.')
  assert.equal(userGuard({ ...user, isAdmin: true }, 1, 5), 'An administrator cannot be deleted.')
  assert.match(userGuard(user, 1, 1) ?? '', /delete the account instead/)
  assert.equal(userGuard(user, 1, 2), null)
})

test('a webhook says what it is told about', () => {
  assert.equal(heardText(['completed', 'failed', 'cancelled'], null), 'Jobs that have ended')
  assert.equal(heardText(['cancelled', 'failed'], null), 'Jobs that failed or were cancelled')
  assert.equal(heardText(['failed'], ['user-upload']), 'Some jobs that failed')
})

test('a delivery says whether the receiver has accepted it, why not, and when it is sent again', () => {
  const delivery: WebhookDelivery = {
    ...{ id: 'a', event: 'test', jobId: null, state: 'delivered', attempts: 1, createdAt: 0, nextAttemptAt: null },
    ...{ endedAt: 1, status: 204, error: null, milliseconds: 31, words: '' },
  }
  const text = (changes: Partial<WebhookDelivery>, isPaused = false) =>
    deliveryText({ ...delivery, ...changes }, { now: 1_000_000, isPaused })
  assert.equal(text({}), 'Accepted with 204 in 31 ms')
  const queued = { state: 'pending', attempts: 0, status: null } as const
  assert.equal(text(queued), 'Waits to be sent')
  assert.equal(text({ ...queued, event: 'job.failed' }, true), 'Waits until the webhook is active')
  assert.equal(text(queued, true), 'Waits to be sent')
  const refused = { status: 500, error: 'The receiver answered 500 Internal Server Error: it failed.' }
  const waiting = { ...refused, state: 'pending', nextAttemptAt: 1_000_000 + 7 * 60_000 } as const
  assert.equal(text(waiting), `${refused.error} 1 try so far, the next one in 7 min.`)
  assert.equal(
    text({ ...waiting, nextAttemptAt: 1_010_000 }),
    `${refused.error} 1 try so far, the next one in less than a minute.`,
  )
  assert.match(text({ ...waiting, event: 'job.failed' }, true), /1 try so far, the next one when the webhook is active again\.$/)
  const failed = { ...refused, state: 'failed', attempts: 13 } as const
  assert.equal(text(failed), `${refused.error} Given up after 13 tries; it is not sent again.`)
})
