import type { AccountUsage, AdminUser } from '../api/admin-api.ts'
import type { WebhookDelivery, WebhookState } from '../api/webhooks-api.ts'
import { ahead } from './durations.ts'
import { counted, integer } from './plural.ts'
import { bytes } from './sizes.ts'

// The words of the administration and of webhooks.

/** Shortest password that the server takes. */
export const SHORTEST_PASSWORD = 4

/** The storage of an account: uploaded files and offline packs together. */
export function storageText(usage: Pick<AccountUsage, 'uploadBytes' | 'exportBytes'>): string {
  return bytes(usage.uploadBytes + usage.exportBytes)
}

/** What is deleted together with an account, as a sentence. */
export function deletionSentence(usage: AccountUsage): string {
  const uploads =
    usage.uploads === 0
      ? []
      : [`${counted(usage.uploads, 'upload')} with ${counted(usage.charts, 'chart')} in use (${bytes(usage.uploadBytes)})`]
  const packs = usage.exports === 0 ? [] : [`${counted(usage.exports, 'offline pack')} (${bytes(usage.exportBytes)})`]
  const rest = [
    [usage.users, 'user'],
    [usage.tokens, 'API token'],
    [usage.styles, 'style'],
    [usage.webhooks, 'webhook'],
  ] as const
  const parts = [...rest.flatMap(([count, noun]) => (count === 0 ? [] : [counted(count, noun)])), ...uploads, ...packs]
  return parts.length === 0
    ? 'Nothing else belongs to the account.'
    : `The account is deleted with ${joined(parts)}, and with its jobs and reports.`
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Why a user cannot be deleted; null when the user can. */
export function userGuard(user: AdminUser, ownId: number, usersOfAccount: number): string | null {
  if (user.id === ownId) return 'You cannot delete yourself.'
  if (user.isAdmin) return 'An administrator cannot be deleted.'
  return usersOfAccount < 2 ? 'The only user of an account cannot be deleted: delete the account instead.' : null
}

export const OWN_ACCOUNT_GUARD = 'You belong to this account, so you cannot delete it.'

/** What a process of the server does. */
export const ROLE_WORDS: Readonly<Record<string, string>> = {
  all: 'Serves and runs jobs',
  api: 'Serves requests',
  worker: 'Runs jobs',
}

/** What the threads of a pool do. */
export const POOL_WORDS: Readonly<Record<string, string>> = {
  cells: 'Read charts',
  tiles: 'Draw tiles',
}

/** How a job may end, as a webhook names it. */
export const STATE_CHOICES: readonly { state: WebhookState; word: string }[] = [
  { state: 'completed', word: 'Completed' },
  { state: 'failed', word: 'Failed' },
  { state: 'cancelled', word: 'Cancelled' },
]

/** What a webhook is told about: "Jobs that failed or were cancelled: Upload, Refresh public charts". */
export function heardText(states: readonly WebhookState[], types: readonly string[] | null): string {
  const ends = { completed: 'completed', failed: 'failed', cancelled: 'were cancelled' }
  const words = STATE_CHOICES.flatMap(({ state }) => (states.includes(state) ? [ends[state]] : []))
  const some = words.length === STATE_CHOICES.length ? 'have ended' : words.join(' or ')
  return `${types === null ? 'Jobs' : 'Some jobs'} that ${some}`
}

/** What a message was about. */
export const EVENT_WORDS: Readonly<Record<string, string>> = {
  'job.completed': 'Job completed',
  'job.failed': 'Job failed',
  'job.cancelled': 'Job cancelled',
  test: 'Test',
}

/** What became of a message, and whether and when it is sent again: "Accepted with 200 in 31 ms". @param now by the server's clock. */
export function deliveryText(delivery: WebhookDelivery, { now, isPaused }: { now: number; isPaused: boolean }): string {
  const { state, status, error, milliseconds, attempts, event, nextAttemptAt } = delivery
  if (state === 'delivered') return `Accepted with ${status ?? 'no status'} in ${integer(milliseconds ?? 0)} ms`
  const isHeld = isPaused && event !== 'test'
  if (state === 'pending' && error === null)
    return isHeld ? 'Waits until the webhook is active' : attempts === 0 ? 'Waits to be sent' : 'Is being sent'
  const tries = counted(attempts, 'try', 'tries')
  const reason = error ?? 'Not accepted.'
  if (state === 'failed') return `${reason} Given up after ${tries}; it is not sent again.`
  const next = isHeld ? 'the next one when the webhook is active again' : `the next one ${soon((nextAttemptAt ?? now) - now)}`
  return `${reason} ${tries} so far, ${next}.`
}

function soon(milliseconds: number): string {
  return milliseconds < 60_000 ? 'in less than a minute' : ahead(milliseconds)
}
