import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { upsertCell } from '#charts/cells/upsert-cell.ts'
import type { CellSummary } from '#charts/reading/cell-summary.ts'
import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { silentLog } from '#lib/log.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { prepareCell } from '#test/chart-cells.ts'
import { createTestDatabase } from '#test/database.ts'
import { createManualClock } from '#test/manual-clock.ts'
import { createCharts } from './charts.ts'

const database = await createTestDatabase()
after(() => database.close())
const { db } = database

const ring = [
  [10, 50],
  [11, 50],
  [11, 51],
  [10, 51],
  [10, 50],
]
const geometry = { type: 'Polygon' as const, coordinates: [ring] }
const bytes = writeCell({ name: 'XX5LISTA', features: [{ objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry }] })
const prepared = prepareCell([{ name: 'XX5LISTA.000', bytes }])

async function show(edition: number, name = 'XX5LISTA'): Promise<void> {
  const summary: CellSummary = { ...prepared.summary, name, edition }
  const compiled = { key: prepared.key.replace(/[0-9a-f]\.cell$/, `${edition % 10}.cell`), version: COMPILED_VERSION }
  const stored = { summary, title: null, blobKey: 'public/XX5LISTA/1.0.zip', byteSize: 1, compiled }
  await upsertCell(db, null, stored, { source: 'noaa' })
}

/** On a busy machine a load takes longer than callers of a server wait. */
const patient = { patienceMilliseconds: 600_000 }

test('without notifications a change appears within a second; with them, when it is notified', async () => {
  const clock = createManualClock()
  let isListening = false
  const charts = createCharts({ db, clock, log: silentLog(), listening: () => isListening, ...patient })
  const editions = async () => (await charts.current()).cells.map(({ edition }) => edition)
  await show(1)
  assert.deepEqual(await editions(), [1])

  await show(2)
  assert.deepEqual(await editions(), [1], 'read a moment ago')
  clock.advance(1_001)
  assert.deepEqual(await editions(), [2])

  isListening = true
  await show(3)
  clock.advance(60_000)
  assert.deepEqual(await editions(), [2], 'not notified')
  charts.changed()
  assert.deepEqual(await editions(), [3])
  await charts.settled()
})

test('unchanged cells keep their snapshot, and a failing database leaves the last snapshot in use', async () => {
  const clock = createManualClock()
  const charts = createCharts({ db, clock, log: silentLog(), listening: () => false, ...patient })
  const first = await charts.current()
  clock.advance(2_000)
  assert.equal(await charts.current(), first)
  const gone = await createTestDatabase()
  const lost = createCharts({ db: gone.db, clock, log: silentLog(), listening: () => false, ...patient })
  const before = await lost.current()
  await gone.close()
  clock.advance(2_000)
  assert.equal(await lost.current(), before)
})

test('changes that stream in are read once a second, and until then the last snapshot is returned at once', async () => {
  const clock = createManualClock()
  const versions: number[] = []
  const charts = createCharts({
    db,
    clock,
    log: silentLog(),
    listening: () => true,
    ...patient,
    onSnapshot: ({ version }) => versions.push(version),
  })
  const before = await charts.current()
  for (const edition of [4, 5, 6]) {
    await show(edition)
    charts.changed()
    assert.equal(await charts.current(), before)
  }
  clock.advance(1_001)
  const after = await charts.current()
  assert.deepEqual(
    after.cells.map(({ edition }) => edition),
    [6],
  )
  assert.deepEqual(versions, [1, 2])
  await charts.close()
})

test('only changed rows are read again: the others keep their cell, and one indexed again keeps its outline', async () => {
  const clock = createManualClock()
  await show(7)
  await show(1, 'XX5LISTB')
  await show(2, 'XX5LISTC')
  const charts = createCharts({ db, clock, log: silentLog(), listening: () => true, ...patient })
  const cellsNow = async () => {
    clock.advance(1_001)
    charts.changed()
    await charts.settled()
    const { cells } = await charts.current()
    return new Map(cells.map((cell) => [cell.name, cell]))
  }
  const first = await cellsNow()
  assert.deepEqual([...first.keys()].toSorted(), ['XX5LISTA', 'XX5LISTB', 'XX5LISTC'])
  await db
    .updateTable('cell')
    .set({ indexed_at: new Date(Date.now() + 60_000) })
    .where('name', '=', 'XX5LISTB')
    .execute()
  const second = await cellsNow()
  assert.equal(second.get('XX5LISTA'), first.get('XX5LISTA'))
  assert.notEqual(second.get('XX5LISTB'), first.get('XX5LISTB'))
  assert.equal(second.get('XX5LISTB')!.outline, first.get('XX5LISTB')!.outline)

  await db.deleteFrom('cell').where('name', '=', 'XX5LISTB').execute()
  await show(1, 'XX5LISTD')
  const third = await cellsNow()
  assert.deepEqual([...third.keys()].toSorted(), ['XX5LISTA', 'XX5LISTC', 'XX5LISTD'], 'one deleted, one added')
  await db.updateTable('cell').set({ compiled_key: null }).where('name', '=', 'XX5LISTC').execute()
  assert.deepEqual([...(await cellsNow()).keys()].toSorted(), ['XX5LISTA', 'XX5LISTD'], 'no longer compiled')
  await charts.close()
})

test('a request does not wait for a long load', async () => {
  const clock = createManualClock()
  const charts = createCharts({ db, clock, log: silentLog(), listening: () => true })
  const before = await charts.current()
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const holding = db.transaction().execute(async (transaction) => {
    await sql`lock table cell in access exclusive mode`.execute(transaction)
    locked.resolve()
    await held.promise
  })
  await locked.promise
  clock.advance(1_001)
  charts.changed()
  assert.equal(await charts.current(), before, 'the load waits for the lock, the request does not')
  held.resolve()
  await holding
  await charts.close()
})

test('a row of an earlier version, without the packed outline, gives the same outline', async () => {
  await show(8)
  const outlineNow = async () => {
    const charts = createCharts({ db, clock: createManualClock(), log: silentLog(), listening: () => true, ...patient })
    const { cells } = await charts.current()
    await charts.close()
    return cells.find(({ name }) => name === 'XX5LISTA')!.outline
  }
  const packed = await outlineNow()
  await db.updateTable('cell').set({ outline: null }).where('name', '=', 'XX5LISTA').execute()
  assert.deepEqual(await outlineNow(), packed)
})
