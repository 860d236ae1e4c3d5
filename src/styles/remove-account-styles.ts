import type { Db } from '#db/database.ts'

/** Removes the custom styles of an account. @returns how many there were. */
export async function removeAccountStyles(trx: Db, accountId: number): Promise<number> {
  const result = await trx.deleteFrom('style').where('account_id', '=', accountId).executeTakeFirst()
  return Number(result.numDeletedRows)
}
