import type { Db } from '#db/database.ts'

/** Removes the webhooks of an account with their deliveries. @returns how many webhooks there were. */
export async function removeAccountWebhooks(trx: Db, accountId: number): Promise<number> {
  const result = await trx.deleteFrom('webhook').where('account_id', '=', accountId).executeTakeFirst()
  return Number(result.numDeletedRows)
}
