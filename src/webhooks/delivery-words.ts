import { statusWords } from './answer-words.ts'
import type { DeliveryRecord } from './webhook-record.ts'

/** A delivery as it is stored, before it is put into words. */
export type StoredDelivery = Omit<DeliveryRecord, 'words'>

/**
 * Says what became of a message, and whether and when it is sent again, for people.
 *
 * @param isPaused whether its webhook is not active, so that nothing but tests is sent.
 */
export function deliveryWords(delivery: StoredDelivery, isPaused: boolean): string {
  const { state, status, error, milliseconds, attempts, event } = delivery
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  if (state === 'delivered') {
    return `The receiver accepted it with ${statusWords(status ?? 200)} in ${milliseconds ?? 0} ms, after ${tries}.`
  }
  if (state === 'failed') return `${error ?? 'It was not accepted.'} Given up after ${tries}: it is not sent again.`
  const next = nextAttempt(delivery, isPaused && event !== 'test')
  return error === null ? next : `${error} ${tries} so far. ${next}`
}

function nextAttempt({ error, attempts, nextAttemptAt }: StoredDelivery, isHeld: boolean): string {
  if (isHeld) return 'It waits until the webhook is active again.'
  if (error === null) return attempts === 0 ? 'It waits to be sent.' : 'It is being sent.'
  const at = new Date(nextAttemptAt ?? 0).toISOString()
  return `It is sent again at ${at.slice(0, 10)} ${at.slice(11, 19)} UTC.`
}
