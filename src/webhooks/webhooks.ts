import type { Insertable, Selectable } from 'kysely'
import type { Db } from '#db/database.ts'
import type { WebhookTable } from '#db/schema.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { checkWebhookUrl, type UrlGuard } from './check-webhook-url.ts'
import { listDeliveries, readTestDelivery } from './list-deliveries.ts'
import { newWebhookSecret } from './sign-message.ts'
import type { DeliveryRecord, WebhookRecord, WebhookSettings, WebhookState, WebhookWithSecret } from './webhook-record.ts'

/** Encrypts secrets before they are stored. */
export interface WebhookCipher {
  encrypt(text: string): Buffer
  /** Null when it was encrypted under another key. */
  decrypt(encrypted: Buffer): string | null
}

/** Webhooks of an account; one of another account counts as missing: WEBHOOK_NOT_FOUND (404). */
export interface Webhooks {
  /** Oldest first. */
  list(accountId: number): Promise<WebhookRecord[]>
  get(accountId: number, id: number): Promise<WebhookRecord>
  /** @throws AppError WEBHOOK_LIMIT (400), or what `checkWebhookUrl` throws. */
  create(accountId: number, settings: WebhookSettings): Promise<WebhookWithSecret>
  /** Changes what is given. @throws AppError what `checkWebhookUrl` throws. */
  update(accountId: number, id: number, changes: Partial<WebhookSettings>): Promise<WebhookRecord>
  /** Also deletes its deliveries. */
  delete(accountId: number, id: number): Promise<void>
  /** Makes a new secret; the old one signs too for a day. */
  rotateSecret(accountId: number, id: number): Promise<WebhookWithSecret>
  /** Queues a message with the event `test`, even when the webhook is not active. */
  test(accountId: number, id: number): Promise<DeliveryRecord>
  /** The latest deliveries, newest first. */
  deliveries(accountId: number, id: number, limit: number): Promise<DeliveryRecord[]>
}

export interface WebhooksOptions {
  db: Db
  clock: Clock
  cipher: WebhookCipher
  guard: UrlGuard
}

/** Per account. */
const MAXIMUM_WEBHOOKS = 20
/** How long a replaced secret still signs, in milliseconds. */
const OVERLAP = 24 * 3_600_000

export function createWebhooks({ db, clock, cipher, guard }: WebhooksOptions): Webhooks {
  async function find(accountId: number, id: number): Promise<WebhookRow> {
    const row = await db
      .selectFrom('webhook')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (row === undefined) throw webhookNotFound(id)
    return row
  }

  return {
    async list(accountId) {
      const rows = await db.selectFrom('webhook').selectAll().where('account_id', '=', accountId).orderBy('id').execute()
      return rows.map(toRecord)
    },

    get: async (accountId, id) => toRecord(await find(accountId, id)),

    async create(accountId, { url, jobStates, jobTypes, active }) {
      const checked = await checkWebhookUrl(url, guard)
      const secret = newWebhookSecret()
      const values = {
        account_id: accountId,
        url: checked,
        job_states: jobStates,
        job_types: jobTypes,
        is_active: active,
        secret: cipher.encrypt(secret),
      }
      const row = await db.transaction().execute((trx) => insertWithinLimit(trx, values))
      return { ...toRecord(row), secret }
    },

    async update(accountId, id, { url, jobStates, jobTypes, active }) {
      await find(accountId, id)
      const checked = url === undefined ? undefined : await checkWebhookUrl(url, guard)
      const row = await db
        .updateTable('webhook')
        .set({
          updated_at: new Date(clock.now()),
          ...(checked !== undefined && { url: checked }),
          ...(jobStates !== undefined && { job_states: jobStates }),
          ...(jobTypes !== undefined && { job_types: jobTypes }),
          ...(active !== undefined && { is_active: active }),
        })
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) throw webhookNotFound(id)
      return toRecord(row)
    },

    async delete(accountId, id) {
      const result = await db.deleteFrom('webhook').where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst()
      if (Number(result.numDeletedRows) === 0) throw webhookNotFound(id)
    },

    async rotateSecret(accountId, id) {
      const secret = newWebhookSecret()
      const now = clock.now()
      const row = await db
        .updateTable('webhook')
        .set((row) => ({
          previous_secret: row.ref('secret'),
          previous_secret_until: new Date(now + OVERLAP),
          secret: cipher.encrypt(secret),
          updated_at: new Date(now),
        }))
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) throw webhookNotFound(id)
      return { ...toRecord(row), secret }
    },

    async test(accountId, id) {
      await find(accountId, id)
      return await queueTest(db, id)
    },

    async deliveries(accountId, id, limit) {
      return await listDeliveries(db, await find(accountId, id), limit)
    },
  }
}

type WebhookRow = Selectable<WebhookTable>

/** @throws AppError WEBHOOK_LIMIT (400). */
async function insertWithinLimit(trx: Db, values: Insertable<WebhookTable>): Promise<WebhookRow> {
  // The account's row makes two creations take turns, so that the limit holds.
  await trx.selectFrom('account').select('id').where('id', '=', values.account_id).forUpdate().execute()
  const existing = await trx.selectFrom('webhook').select('id').where('account_id', '=', values.account_id).execute()
  if (existing.length >= MAXIMUM_WEBHOOKS) throw new AppError('WEBHOOK_LIMIT')
  return await trx.insertInto('webhook').values(values).returningAll().executeTakeFirstOrThrow()
}

async function queueTest(db: Db, webhookId: number): Promise<DeliveryRecord> {
  const payload = toJsonb({ message: 'This is a test of the webhook.' })
  const { id } = await db
    .insertInto('webhook_delivery')
    .values({ webhook_id: webhookId, event: 'test', payload })
    .returning('id')
    .executeTakeFirstOrThrow()
  return await readTestDelivery(db, id)
}

function toRecord(row: WebhookRow): WebhookRecord {
  return {
    id: row.id,
    url: row.url,
    jobStates: row.job_states as WebhookState[],
    jobTypes: row.job_types,
    active: row.is_active,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  }
}

function webhookNotFound(id: number): AppError {
  return new AppError('WEBHOOK_NOT_FOUND', `There is no webhook ${id} on your account.`)
}
