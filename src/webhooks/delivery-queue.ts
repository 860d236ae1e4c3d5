import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** A delivery that this process sends now. */
export interface ClaimedDelivery {
  id: string
  webhookId: number
  url: string
  event: string
  payload: Record<string, unknown>
  /** When its event happened, in milliseconds since the Unix epoch. */
  createdAt: number
  /** This attempt, from 1; it fences what the attempt records. */
  attempt: number
  secret: Buffer
  /** Null unless it still signs. */
  previousSecret: Buffer | null
}

/** How an attempt went. */
export interface AttemptOutcome {
  status: number | null
  /** Null when the receiver accepted the message. */
  error: string | null
  milliseconds: number
}

/** How long a claim lasts, in seconds: longer than an attempt, so that only the delivery of a process that died is sent again. */
const LEASE_SECONDS = 60
/** Ended deliveries that each webhook keeps. */
const KEPT_DELIVERIES = 100

/**
 * Takes due deliveries, at most one of each webhook, so that a receiver gets its messages one by one, and a slow receiver does not delay
 * others.
 * @param busy webhooks that a message is being sent to already.
 */
export async function claimDue(db: Db, { busy, limit }: { busy: readonly number[]; limit: number }): Promise<ClaimedDelivery[]> {
  // The inner query may find rows that another process is taking, so the outer one checks each row again under its lock.
  const { rows } = await sql<{
    id: string
    webhook_id: number
    url: string
    event: string
    payload: Record<string, unknown>
    created_at: Date
    attempts: number
    secret: Buffer
    previous_secret: Buffer | null
  }>`
    with due as (
      select distinct on (delivery.webhook_id) delivery.id
      from webhook_delivery delivery join webhook on webhook.id = delivery.webhook_id join account on account.id = webhook.account_id
      where delivery.state = 'pending' and delivery.next_attempt_at <= now() and account.deleted_at is null
        and (webhook.is_active or delivery.event = 'test') and webhook.id <> all(${busy}::bigint[])
      order by delivery.webhook_id, delivery.next_attempt_at, delivery.created_at
      limit ${limit}
    ), taken as (
      select id from webhook_delivery where id in (select id from due) and state = 'pending' and next_attempt_at <= now()
      for update skip locked
    )
    update webhook_delivery delivery
    set attempts = attempts + 1, next_attempt_at = now() + ${LEASE_SECONDS} * interval '1 second'
    from taken, webhook
    where delivery.id = taken.id and webhook.id = delivery.webhook_id
    returning delivery.id, delivery.webhook_id, webhook.url, delivery.event, delivery.payload, delivery.created_at, delivery.attempts,
      webhook.secret, case when webhook.previous_secret_until > now() then webhook.previous_secret end as previous_secret
  `.execute(db)
  return rows.map((row) => ({
    id: row.id,
    webhookId: row.webhook_id,
    url: row.url,
    event: row.event,
    payload: row.payload,
    createdAt: row.created_at.getTime(),
    attempt: row.attempts,
    secret: row.secret,
    previousSecret: row.previous_secret,
  }))
}

/**
 * Records an attempt. Does nothing when another process has taken the delivery meanwhile.
 *
 * @param nextAfter milliseconds until the next attempt; null gives the delivery up.
 */
export async function recordAttempt(
  db: Db,
  { id, attempt, webhookId }: Pick<ClaimedDelivery, 'id' | 'attempt' | 'webhookId'>,
  { status, error, milliseconds }: AttemptOutcome,
  nextAfter: number | null,
): Promise<void> {
  const state = error === null ? 'delivered' : nextAfter === null ? 'failed' : 'pending'
  await sql`
    update webhook_delivery set state = ${state}, status = ${status}, error = ${error}, milliseconds = ${milliseconds},
      ended_at = case when ${state} <> 'pending' then now() end,
      next_attempt_at = case when ${state} = 'pending' then now() + ${nextAfter ?? 0} * interval '1 millisecond' else next_attempt_at end
    where id = ${id} and attempts = ${attempt} and state = 'pending'
  `.execute(db)
  if (state === 'pending') return
  await sql`
    delete from webhook_delivery where webhook_id = ${webhookId} and state <> 'pending' and id not in (
      select id from webhook_delivery where webhook_id = ${webhookId} and state <> 'pending'
      order by created_at desc, id desc limit ${KEPT_DELIVERIES})
  `.execute(db)
}

/** Makes a delivery due at once and does not count its attempt, because the process stops before the attempt has an outcome. */
export async function putBack(db: Db, { id, attempt }: Pick<ClaimedDelivery, 'id' | 'attempt'>): Promise<void> {
  await sql`
    update webhook_delivery set attempts = attempts - 1, next_attempt_at = now()
    where id = ${id} and attempts = ${attempt} and state = 'pending'
  `.execute(db)
}
