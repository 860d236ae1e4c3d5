import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { createSharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { usace } from '#charts/sources/usace.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { systemClock } from '#lib/clock.ts'
import { indexPublicEncs } from '#tasks/index-public-encs.ts'
import { refreshPublicCharts } from '#tasks/refresh-public-charts.ts'
import { writeMirror } from '#test/cells.ts'
import { INLAND_CATALOGUE, type InlandCell, writeInlandMirror } from '#test/inland-mirror.ts'
import { jobReaches, startTestJobs } from '#test/jobs.ts'
import { createRefreshBench, IMPATIENT, type RefreshBench } from '#test/refresh-bench.ts'

const SEA = [{ name: 'AA5AAAA1' }, { name: 'AA5AAAA2' }]
const RIVERS: InlandCell[] = [{ name: 'U37AG001' }, { name: 'U37OH001', edition: 25, updateNumber: 2 }, { name: 'U37OH002' }]

async function mirrors(bench: RefreshBench) {
  const [sea, rivers] = [path.join(bench.folder, 'sea'), path.join(bench.folder, 'rivers')]
  await writeMirror(sea, SEA)
  await writeInlandMirror(rivers, RIVERS)
  const seaUrl = pathToFileURL(path.join(sea, 'ENCProdCat.xml'))
  const inlandUrl = pathToFileURL(path.join(rivers, INLAND_CATALOGUE))
  return { sea, rivers, seaUrl, inlandUrl, refresh: () => bench.refresh(seaUrl, { inlandUrl }) }
}

async function indexed({ database }: RefreshBench): Promise<string[]> {
  const rows = await database.db.selectFrom('cell').select(['name', 'source']).orderBy('name').execute()
  return rows.map(({ name, source }) => `${source} ${name}`)
}
const ALL = ['noaa AA5AAAA1', 'noaa AA5AAAA2', 'usace U37AG001', 'usace U37OH001', 'usace U37OH002']

/** Of each source: checked, indexed, unchanged, failed and whether it had trouble. */
function counts({ result }: JobRecord): Record<string, unknown[]> {
  const sources = (result?.['sources'] ?? {}) as Record<string, Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(sources).map(([id, of]) => [id, [of['checked'], of['indexed'], of['unchanged'], of['failed'], 'error' in of]]),
  )
}
const warningsOf = ({ logs }: JobRecord) => logs.filter(({ type }) => type === 'warning').map(({ message }) => message)

test('a refresh indexes the cells of both sources, counts them by source, and finds them unchanged the next time', async () => {
  await using bench = await createRefreshBench()
  const { refresh } = await mirrors(bench)
  const job = await refresh()
  assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
  assert.deepEqual(
    job.steps.map(({ stepName, status }) => `${stepName} ${status}`),
    ['download_noaa', 'index_noaa', 'download_usace', 'index_usace'].map((name) => `step_${name} completed`),
  )
  assert.deepEqual(await indexed(bench), ALL)
  assert.deepEqual(counts(job), { noaa: [2, 2, 0, 0, false], usace: [3, 3, 0, 0, false] })
  assert.deepEqual([job.result?.['checked'], job.result?.['indexed']], [5, 5])
  assert.deepEqual(warningsOf(job), [])
  const again = await refresh()
  assert.deepEqual(counts(again), { noaa: [2, 0, 2, 0, false], usace: [3, 0, 3, 0, false] })
  assert.equal(again.result?.['downloaded'], 0)
  assert.deepEqual(await Array.fromAsync(bench.storage.list('plans/')), [])
})

test('a new edition or date of posting replaces a cell, a cell that is no longer listed is removed, and the other source stays', async () => {
  await using bench = await createRefreshBench()
  const { rivers, refresh } = await mirrors(bench)
  await refresh()
  await writeInlandMirror(rivers, [
    { name: 'U37AG001', edition: 2 },
    { name: 'U37OH001', edition: 25, updateNumber: 2, posted: '07/04/2026' },
    { name: 'U37OH002' },
  ])
  assert.deepEqual(counts(await refresh()), { noaa: [2, 0, 2, 0, false], usace: [3, 2, 1, 0, false] })
  const more = Array.from({ length: 6 }, (_, i) => ({ name: `U37XX00${i}` }))
  await writeInlandMirror(rivers, [...RIVERS, ...more])
  await refresh()
  await writeInlandMirror(rivers, [...RIVERS.slice(1), ...more])
  const job = await refresh()
  assert.equal(job.result?.['withdrawn'], 1)
  const left = await indexed(bench)
  assert.ok(!left.includes('usace U37AG001') && left.includes('usace U37OH001') && left.includes('noaa AA5AAAA1'))
})

test('an edition of the catalogue that is not in the cell does not keep the cell out', async () => {
  await using bench = await createRefreshBench()
  const { rivers, refresh } = await mirrors(bench)
  await writeInlandMirror(rivers, [{ name: 'U37AG001', listed: '99.7' }])
  const job = await refresh()
  assert.deepEqual(counts(job)['usace'], [1, 1, 0, 0, false])
  assert.deepEqual(counts(await refresh())['usace'], [1, 0, 1, 0, false])
})

for (const [failing, working] of [
  ['usace', 'noaa'],
  ['noaa', 'usace'],
] as const) {
  test(`without the catalogue of ${failing}, the refresh completes with a warning and the cells of ${working}`, async () => {
    await using bench = await createRefreshBench()
    const { sea, rivers, refresh } = await mirrors(bench)
    await rm(failing === 'noaa' ? path.join(sea, 'ENCProdCat.xml') : path.join(rivers, INLAND_CATALOGUE))
    const job = await refresh()
    assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
    assert.deepEqual(
      await indexed(bench),
      ALL.filter((name) => name.startsWith(working)),
    )
    assert.deepEqual(counts(job)[failing], [0, 0, 0, 0, true])
    assert.match(warningsOf(job).join('\n'), /the catalogue cannot be read.*Its charts stay as they are/)
  })

  test(`without any zip of ${failing}, the refresh completes with a warning, and the next one tries again`, async () => {
    await using bench = await createRefreshBench()
    const { sea, rivers, refresh } = await mirrors(bench)
    const cells = failing === 'noaa' ? SEA : RIVERS
    const folder = failing === 'noaa' ? sea : rivers
    for (const { name } of cells) await rm(path.join(folder, `${name}.zip`))
    const job = await refresh()
    assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
    assert.deepEqual(counts(job)[failing], [cells.length, 0, 0, cells.length, true])
    assert.match(warningsOf(job).join('\n'), /changed cells failed/)
    await mirrors(bench)
    await refresh()
    assert.deepEqual(await indexed(bench), ALL)
  })
}

test('without both catalogues the refresh fails and says why, and nothing is removed', async () => {
  await using bench = await createRefreshBench()
  const { sea, rivers, refresh } = await mirrors(bench)
  await refresh()
  await writeFile(path.join(sea, 'ENCProdCat.xml'), 'no catalogue')
  await writeFile(path.join(rivers, INLAND_CATALOGUE), 'no catalogue')
  const job = await refresh()
  assert.equal(job.jobState, 'failed')
  assert.match(warningsOf(job).join('\n'), /NOAA ENC: the catalogue is not XML/)
  assert.match(String(job.result?.['error']), /the catalogue is not XML/)
  assert.deepEqual(await indexed(bench), ALL)
})

test('where servers share the work, child jobs index the sea charts and the refresh itself the inland ones', async () => {
  await using bench = await createRefreshBench()
  const { seaUrl, inlandUrl } = await mirrors(bench)
  const { storage, database } = bench
  const reader = createSharedCellReader(() => createCellReader({ threads: 2 }))
  const source = { catalogueUrl: seaUrl, version: '0.0.0-test', transfer: IMPATIENT }
  const common = { db: database.db, storage, clock: systemClock, workers: 2, reader, ...source }
  const otherSources = [{ source: usace, catalogueUrl: inlandUrl }]
  const type = refreshPublicCharts({ ...common, shared: true, filter: null, otherSources })
  await using jobs = await startTestJobs(database, [type, indexPublicEncs({ ...common, worker: 'this-one' })])
  const { jobId } = await jobs.create({ jobType: type.name, accountId: null })
  const job = await jobReaches(jobs, jobId)
  assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
  assert.deepEqual(await indexed(bench), ALL)
  assert.deepEqual([job.result?.['checked'], job.result?.['indexed'], job.result?.['failed']], [5, 5, 0])
  assert.deepEqual(counts(job), { noaa: [2, 2, 0, 0, false], usace: [3, 3, 0, 0, false] })
})
