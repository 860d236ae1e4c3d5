import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { CellDetail } from '#charts/cells/get-cell.ts'
import type { VisibleCell } from '#charts/cells/list-cells.ts'
import { forgetFailure, type PublicFailure, recordFailures } from '#charts/cells/public-failures.ts'
import type { CellReport } from '#charts/uploads/upload-record.ts'
import type { Problem } from '#http/base/problem.ts'
import { sampleCell, zipOf } from '#test/cells.ts'
import { createUploadBench } from '#test/upload-bench.ts'

const bench = await createUploadBench({})
after(() => bench[Symbol.asyncDispose]())

const CHARTS = '/portal/v1/charts'
const get = async <T>(path: string, token?: string) => {
  const { status, body } = await bench.call<T & Problem>('GET', `${CHARTS}/${path}`, token === undefined ? {} : { token })
  return { status, body }
}
const names = (cells: readonly { name: string }[]) => cells.map(({ name }) => name)

const mixed = await bench.upload(
  'mixed.zip',
  await zipOf([
    { path: 'XX5GOOD1.000', content: sampleCell({ name: 'XX5GOOD1' }) },
    { path: 'XX5GOOD2.000', content: sampleCell({ name: 'XX5GOOD2', edition: 4 }) },
    { path: 'XX5BAD01.000', content: Buffer.from('no chart') },
  ]),
)
const single = await bench.upload('XX5LONE1.000', sampleCell({ name: 'XX5LONE1' }))
const stranger = await bench.addUser('stranger')

interface Summary {
  id: number
  jobId: string
  status: string
  cells: Record<string, number>
}

test('a summary of uploads has job, counts and total, and the documented list has none of them', async () => {
  const { body } = await get<{ uploads: Summary[]; pagination: { total?: number } }>('uploads?view=summary')
  assert.deepEqual(
    body.uploads.map(({ id }) => id),
    [single.id, mixed.id],
  )
  assert.equal(body.pagination.total, 2)
  const summary = body.uploads[1]!
  assert.deepEqual(summary.cells, { indexed: 2, failed: 1 })
  assert.match(summary.jobId, /^[0-9a-f-]{36}$/)
  assert.ok(!('logs' in summary))
  const failed = await get<{ uploads: Summary[]; pagination: { total: number } }>('uploads?view=summary&status=failed')
  assert.deepEqual([failed.body.uploads.map(({ id }) => id), failed.body.pagination.total], [[mixed.id], 1])
  const plain = await get<{ uploads: Record<string, unknown>[]; pagination: object }>('uploads?status=succeeded')
  assert.deepEqual(plain.body.pagination, { limit: 100, offset: 0 })
  assert.deepEqual(Object.keys(plain.body.uploads[0]!).sort(), [
    ...[
      'createdAt',
      'expiredCharts',
      'fileSize',
      'filename',
      'id',
      'logs',
      'status',
      'totalCharts',
      'updatedAt',
      'uploaderEmail',
    ],
  ])
  const one = await get<{ upload: Summary }>(`uploads/${mixed.id}?view=summary`)
  assert.deepEqual(one.body.upload, summary)
})

test('the cells of an upload are filtered by state and text, with the total of the filter', async () => {
  type Cells = { cells: CellReport[]; pagination: { total: number } }
  const failed = await get<Cells>(`uploads/${mixed.id}/cells?status=failed`)
  assert.deepEqual([names(failed.body.cells), failed.body.pagination.total], [['XX5BAD01'], 1])
  const found = await get<Cells>(`uploads/${mixed.id}/cells?q=good2`)
  assert.deepEqual(names(found.body.cells), ['XX5GOOD2'])
  const literal = await get<Cells>(`uploads/${mixed.id}/cells?q=%25`)
  assert.deepEqual(names(literal.body.cells), [], 'no character is a wildcard')
})

test('the list of cells is searched, filtered by source and sorted', async () => {
  const list = async (query: string) => names((await get<{ cells: VisibleCell[] }>(`cells?${query}`)).body.cells)
  assert.deepEqual(await list('q=GOOD'), ['XX5GOOD1', 'XX5GOOD2'])
  assert.deepEqual(await list('source=noaa'), [])
  assert.deepEqual(await list('source=upload&sort=-name'), ['XX5LONE1', 'XX5GOOD2', 'XX5GOOD1'])
  assert.equal((await list('sort=-indexedAt'))[0], 'XX5LONE1')
  const unknown = await get<{ code: string; detail: string }>('cells?source=public')
  assert.equal(unknown.status, 400)
  assert.match(unknown.body.detail, /source must be one of noaa, usace, upload/)
})

test('one cell has its warnings and features, and a cell whose only try failed has the reason', async () => {
  const good = await get<CellDetail>('cells/XX5GOOD2')
  assert.equal(good.body.cell?.edition, 4)
  assert.equal(good.body.cell?.uploadId, mixed.id)
  assert.equal(good.body.cell?.features['DEPARE'], 2)
  assert.equal(good.body.lastFailure, null)
  const bad = await get<CellDetail>('cells/XX5BAD01')
  assert.equal(bad.body.cell, null)
  assert.equal(bad.body.lastFailure?.uploadId, mixed.id)
  assert.ok((bad.body.lastFailure?.reason.length ?? 0) > 10)
  assert.equal((await get('cells/XX5NONE1')).body.code, 'CELL_NOT_FOUND')
})

test('the failed last try of a public cell is shown until it is indexed', async () => {
  const failure = { name: 'US5FAIL1', version: { edition: 3, update: 2 }, reason: 'its zip is damaged' }
  await recordFailures(bench.database.db, 'noaa', [{ ...failure, reason: 'an earlier reason' }])
  await recordFailures(bench.database.db, 'noaa', [failure])
  const { body } = await get<CellDetail>('cells/US5FAIL1', stranger)
  const { failedAt: _, ...told } = body.lastFailure!
  const expected = { reason: 'its zip is damaged', edition: 3, update: 2, uploadId: null, refreshJobId: null }
  assert.deepEqual(told, expected, 'no refresh was at work')
  await forgetFailure(bench.database.db, 'US5FAIL1')
  assert.equal((await get('cells/US5FAIL1')).status, 404)
})

test('the failed last tries of public cells are listed by name, page by page, to any user', async () => {
  type Page = { failures: PublicFailure[]; pagination: object }
  const began = Date.now() - 60_000
  const failed = (name: string) => ({ name, version: { edition: 2, update: 1 }, reason: `its zip is\0 damaged` })
  await recordFailures(bench.database.db, 'usace', [failed('U37FAIL1')])
  await recordFailures(bench.database.db, 'noaa', [failed('US5FAIL3'), failed('US5FAIL2')])
  const { body } = await get<Page>('publicFailures', stranger)
  assert.deepEqual(names(body.failures), ['U37FAIL1', 'US5FAIL2', 'US5FAIL3'])
  const { failedAt, reason, ...rest } = body.failures[0]!
  assert.deepEqual(rest, { name: 'U37FAIL1', source: 'usace', edition: 2, update: 1 })
  assert.match(reason, /^its zip is.* damaged$/)
  assert.ok(failedAt > began)
  const second = await get<Page>('publicFailures?limit=1&offset=1')
  assert.deepEqual(names(second.body.failures), ['US5FAIL2'])
  assert.deepEqual(second.body.pagination, { limit: 1, offset: 1, total: 3 })
  assert.equal((await get('publicFailures?offset=100001')).body.code, 'OFFSET_TOO_LARGE')
})

test('the preview of a deletion names what disappears', async () => {
  const { body } = await get<{ cells: object[] }>(`uploads/${single.id}/deletion`)
  assert.deepEqual(body.cells, [{ name: 'XX5LONE1', after: 'removed', uploadId: null }])
})

test('permits are listed once per cell, by expiry, without keys', async () => {
  const { id: accountId } = await bench.database.db.selectFrom('account').select('id').orderBy('id').executeTakeFirstOrThrow()
  const permit = (upload: number, cell: string, expires: string) => ({
    ...{ upload_id: upload, account_id: accountId, cell_name: cell, expires, data_server: 'GB' },
    keys_encrypted: Buffer.from('secret'),
  })
  await bench.database.db
    .insertInto('cell_permit')
    .values([
      permit(mixed.id, 'GB5OLD01', '2020-01-31'),
      permit(mixed.id, 'GB5NEW01', '2021-01-31'),
      permit(single.id, 'GB5NEW01', '2999-01-31'),
    ])
    .execute()
  const { body } = await get<{ permits: object[]; pagination: { total: number } }>('permits')
  assert.deepEqual(body.permits, [
    { cell: 'GB5OLD01', expires: '2020-01-31', expired: true, dataServer: 'GB', uploadId: mixed.id },
    { cell: 'GB5NEW01', expires: '2999-01-31', expired: false, dataServer: 'GB', uploadId: single.id },
  ])
  assert.equal(body.pagination.total, 2)
  assert.deepEqual((await get<{ permits: object[] }>('permits', stranger)).body.permits, [])
})

test('another account sees none of it', async () => {
  const as = stranger
  for (const path of [
    `uploads/${mixed.id}?view=summary`,
    `uploads/${mixed.id}/cells?status=failed`,
    `uploads/${mixed.id}/deletion`,
  ]) {
    assert.equal((await get(path, as)).body.code, 'UPLOAD_NOT_FOUND', path)
  }
  for (const name of ['XX5GOOD1', 'XX5BAD01']) assert.equal((await get(`cells/${name}`, as)).body.code, 'CELL_NOT_FOUND', name)
  assert.deepEqual((await get<{ cells: object[] }>('cells?q=XX5', as)).body.cells, [])
  const { body } = await get<{ uploads: object[]; pagination: { total: number } }>('uploads?view=summary', as)
  assert.deepEqual([body.uploads, body.pagination.total], [[], 0])
})

for (const path of [
  'uploads?view=brief',
  'uploads?status=done',
  `uploads/${mixed.id}?view=brief`,
  `uploads/${mixed.id}/cells?status=done`,
  `uploads/${mixed.id}/cells?q=${'x'.repeat(101)}`,
  'cells?sort=size',
  `cells?q=${'x'.repeat(101)}`,
  'permits?limit=0',
  'publicFailures?limit=0',
]) {
  test(`${path.replace(/\d+\//, 'N/').slice(0, 40)} is refused with 400`, async () => {
    const { status, body } = await get(path)
    assert.deepEqual([status, body.code], [400, 'VALIDATION_FAILED'])
  })
}
