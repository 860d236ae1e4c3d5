import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import type { Theme } from '#portrayal/palette/tokens.ts'
import { type StyleParameters, startParameters } from './style-parameters.ts'
import { type StyleRecord, toStyleRecord } from './style-record.ts'

/** Custom styles of an account; a style of another account counts as missing. */
export interface Styles {
  /** Newest first. */
  list(accountId: number): Promise<StyleRecord[]>
  /** @throws AppError STYLE_NOT_FOUND (404). */
  get(accountId: number, id: number): Promise<StyleRecord>
  /** Starts with palette and settings of the theme. @throws AppError STYLE_LIMIT (400). */
  create(creator: StyleCreator, style: { name: string; theme: Theme }): Promise<StyleRecord>
  /** Changes what is given; the parameters as a whole. @throws AppError STYLE_NOT_FOUND (404), STYLE_CHANGED (412). */
  update(accountId: number, id: number, changes: StyleChanges, isExpected?: Expectation): Promise<StyleRecord>
  /** @throws AppError STYLE_NOT_FOUND (404), STYLE_CHANGED (412). */
  delete(accountId: number, id: number, isExpected?: Expectation): Promise<void>
  /** The style that a chart asks for: by id, else the newest of the name; null when the account has none. */
  find(accountId: number, wanted: { id?: number | undefined; name?: string | undefined }): Promise<StyleParameters | null>
}

export interface StyleCreator {
  accountId: number
  userId: number
  username: string
}

export interface StyleChanges {
  name?: string | undefined
  /** Checked; see `checkParameters`. */
  parameters?: StyleParameters | undefined
}

/** Whether a style is still as the caller knows it; it is changed only then. */
export type Expectation = (now: StyleRecord) => boolean

/** Per account. */
const MAXIMUM_STYLES = 1_000

export function createStyles({ db, clock }: { db: Db; clock: Clock }): Styles {
  const one = (accountId: number, id: number) =>
    db.selectFrom('style').selectAll().where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst()

  return {
    async list(accountId) {
      // Index style_newest.
      const rows = await db
        .selectFrom('style')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute()
      return rows.map(toStyleRecord)
    },

    async get(accountId, id) {
      const row = await one(accountId, id)
      if (row === undefined) throw styleNotFound(id)
      return toStyleRecord(row)
    },

    async create({ accountId, userId, username }, { name, theme }) {
      const { count } = await db
        .selectFrom('style')
        .select(sql<number>`count(*)::int`.as('count'))
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow()
      if (count >= MAXIMUM_STYLES) throw new AppError('STYLE_LIMIT')
      const at = new Date(clock.now())
      const row = await db
        .insertInto('style')
        .values({
          account_id: accountId,
          user_id: userId,
          user_email: username,
          name,
          parameters: JSON.stringify(startParameters(theme)),
          created_at: at,
          updated_at: at,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toStyleRecord(row)
    },

    async update(accountId, id, { name, parameters }, isExpected) {
      return await db.transaction().execute(async (trx) => {
        await holdStyle(trx, accountId, id, isExpected)
        const row = await trx
          .updateTable('style')
          .set({
            updated_at: new Date(clock.now()),
            ...(name === undefined ? {} : { name }),
            ...(parameters === undefined ? {} : { parameters: JSON.stringify(parameters) }),
          })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow()
        return toStyleRecord(row)
      })
    },

    async delete(accountId, id, isExpected) {
      await db.transaction().execute(async (trx) => {
        await holdStyle(trx, accountId, id, isExpected)
        await trx.deleteFrom('style').where('id', '=', id).execute()
      })
    },

    async find(accountId, { id, name }) {
      if (id === undefined && name === undefined) return null
      // By the primary key, or the index style_name.
      const row = await db
        .selectFrom('style')
        .select('parameters')
        .where('account_id', '=', accountId)
        .where((where) => (id === undefined ? where('name', '=', name ?? '') : where('id', '=', id)))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst()
      return row?.parameters ?? null
    },
  }
}

/** Keeps the style as it is until the transaction ends. @throws AppError STYLE_NOT_FOUND, STYLE_CHANGED. */
async function holdStyle(trx: Db, accountId: number, id: number, isExpected: Expectation = () => true): Promise<void> {
  const row = await trx
    .selectFrom('style')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw styleNotFound(id)
  if (!isExpected(toStyleRecord(row))) throw new AppError('STYLE_CHANGED')
}

function styleNotFound(id: number): AppError {
  return new AppError('STYLE_NOT_FOUND', `There is no style ${id} on your account.`)
}
