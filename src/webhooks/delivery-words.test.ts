import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerWords } from './answer-words.ts'
import { deliveryWords, type StoredDelivery } from './delivery-words.ts'

const refused: StoredDelivery = {
  ...{ id: 'a', event: 'job.failed', jobId: 'b', state: 'pending', attempts: 3, createdAt: 0, endedAt: null },
  ...{ nextAttemptAt: Date.UTC(2026, 0, 15, 8, 2, 10), status: 503, error: answerWords(503), milliseconds: 31 },
}

test('a status that refuses a message is written with what it means', () => {
  assert.equal(answerWords(404), 'The receiver answered 404 Not Found: there is nothing at this address.')
  assert.match(answerWords(302), /^The receiver answered 302 Found: redirects are not followed/)
  assert.equal(answerWords(418), "The receiver answered 418 I'm a Teapot: it refuses the message.")
  assert.equal(answerWords(599), 'The receiver answered 599: it failed.')
})

test('a message that was refused says that it is sent again and when, or that it is given up', () => {
  const reason = 'The receiver answered 503 Service Unavailable: it takes no messages at the moment.'
  assert.equal(deliveryWords(refused, false), `${reason} 3 attempts so far. It is sent again at 2026-01-15 08:02:10 UTC.`)
  const failed = { ...refused, state: 'failed', attempts: 13, nextAttemptAt: null, endedAt: 1 } as const
  assert.equal(deliveryWords(failed, false), `${reason} Given up after 13 attempts: it is not sent again.`)
})

test('a message of a paused webhook says that it waits, but a test is sent', () => {
  assert.match(deliveryWords(refused, true), /3 attempts so far\. It waits until the webhook is active again\.$/)
  assert.match(deliveryWords({ ...refused, event: 'test' }, true), /It is sent again at/)
})

test('a message that is on its way or has arrived says so', () => {
  const queued = { ...refused, attempts: 0, status: null, error: null, milliseconds: null }
  assert.equal(deliveryWords(queued, false), 'It waits to be sent.')
  assert.equal(deliveryWords({ ...queued, attempts: 1 }, false), 'It is being sent.')
  const delivered = { ...refused, state: 'delivered', attempts: 1, status: 204, error: null } as const
  assert.equal(deliveryWords(delivered, false), 'The receiver accepted it with 204 No Content in 31 ms, after 1 attempt.')
})
