import assert from 'node:assert/strict'
import { after, test } from 'node:test'
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

async function show(edition: number): Promise<void> {
  const summary: CellSummary = { ...prepared.summary, edition }
  const compiled = { key: prepared.key.replace(/[0-9a-f]\.cell$/, `${edition}.cell`), version: COMPILED_VERSION }
  const stored = { summary, title: null, blobKey: 'public/XX5LISTA/1.0.zip', byteSize: 1, compiled }
  await upsertCell(db, null, stored, { source: 'noaa' })
}

test('without notifications a change appears within a second; with them, when it is notified', async () => {
  const clock = createManualClock()
  let isListening = false
  const charts = createCharts({ db, clock, log: silentLog(), listening: () => isListening })
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
  const charts = createCharts({ db, clock, log: silentLog(), listening: () => false })
  const first = await charts.current()
  clock.advance(2_000)
  assert.equal(await charts.current(), first)
  const gone = await createTestDatabase()
  const lost = createCharts({ db: gone.db, clock, log: silentLog(), listening: () => false })
  const before = await lost.current()
  await gone.close()
  clock.advance(2_000)
  assert.equal(await lost.current(), before)
})
