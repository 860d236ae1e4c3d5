import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { AccountUsage } from '#accounts/administration/account-usage.ts'
import { newId } from '#lib/ids.ts'
import { addUser, startFixture } from './server-fixture.ts'

// The usage of each account, for the page that manages accounts.

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const { db } = fixture

async function usageOf(accountId: number): Promise<AccountUsage | undefined> {
  const answer = await fixture.call('GET', '/api/portal/v1/admin/getAccountUsage', { token: await fixture.adminSession() })
  assert.equal(answer.status, 200, answer.text)
  return (answer.body as AccountUsage[]).find((each) => each.accountId === accountId)
}

test('an account without anything has zeros', async () => {
  const { id } = await db.insertInto('account').values({ name: 'empty' }).returning('id').executeTakeFirstOrThrow()
  assert.deepEqual(await usageOf(id), {
    ...{ accountId: id, users: 0, tokens: 0, uploads: 0, charts: 0, styles: 0, webhooks: 0, exports: 0 },
    ...{ uploadBytes: 0, exportBytes: 0 },
  })
})

test('users, tokens, uploads and packs count for their own account, and deleted ones for none', async () => {
  const { accountId } = await addUser(fixture, 'mate')
  const second = await addUser(fixture, 'second', accountId)
  await addUser(fixture, 'other')
  await sql`update app_user set deleted_at = now() where id = ${second.userId}`.execute(db)
  const upload = (size: number, deleted: boolean) =>
    sql`
    insert into upload (public_id, account_id, uploader, filename, file_size, kind, blob_key, deleted_at)
    values (${newId()}, ${accountId}, 'mate', 'a.zip', ${size}, 'zip', ${newId()}, ${deleted ? sql`now()` : sql`null`})
  `.execute(db)
  await upload(3_000_000_000, false)
  await upload(2_000_000_000, false)
  await upload(7, true)
  await sql`
    insert into export (id, account_id, creator, job_id, spec, most_tiles, file_size)
    values (${newId()}, ${accountId}, 'mate', ${newId()}, '{}', 1, 4000), (${newId()}, ${accountId}, 'mate', ${newId()}, '{}', 1, null)
  `.execute(db)
  assert.deepEqual(await usageOf(accountId), {
    ...{ accountId, users: 1, tokens: 2, uploads: 2, charts: 0, styles: 0, webhooks: 0, exports: 2 },
    ...{ uploadBytes: 5_000_000_000, exportBytes: 4_000 },
  })
})

test('an account that is being deleted is not listed', async () => {
  const { accountId } = await addUser(fixture, 'leaving')
  await sql`update account set deleted_at = now() where id = ${accountId}`.execute(db)
  assert.equal(await usageOf(accountId), undefined)
})
