import type { Selectable } from 'kysely'
import type { Db } from '#db/database.ts'
import type { WebhookDeliveryTable, WebhookTable } from '#db/schema.ts'
import { deliveryWords, type StoredDelivery } from './delivery-words.ts'
import type { DeliveryRecord, DeliveryState } from './webhook-record.ts'

/** The latest deliveries of a webhook, newest first. */
export async function listDeliveries(
  db: Db,
  { id: webhookId, is_active: isActive }: Pick<Selectable<WebhookTable>, 'id' | 'is_active'>,
  limit: number,
): Promise<DeliveryRecord[]> {
  // Index webhook_delivery_newest.
  const rows = await db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => toRecord(row, !isActive))
}

/** A test message, which is sent even while its webhook is not active. */
export async function readTestDelivery(db: Db, id: string): Promise<DeliveryRecord> {
  return toRecord(await db.selectFrom('webhook_delivery').selectAll().where('id', '=', id).executeTakeFirstOrThrow(), false)
}

function toRecord(row: Selectable<WebhookDeliveryTable>, isPaused: boolean): DeliveryRecord {
  const stored: StoredDelivery = {
    id: row.id,
    event: row.event,
    jobId: row.job_id,
    state: row.state as DeliveryState,
    attempts: row.attempts,
    createdAt: row.created_at.getTime(),
    nextAttemptAt: row.state === 'pending' ? row.next_attempt_at.getTime() : null,
    endedAt: row.ended_at?.getTime() ?? null,
    status: row.status,
    error: row.error,
    milliseconds: row.milliseconds,
  }
  return { ...stored, words: deliveryWords(stored, isPaused) }
}
