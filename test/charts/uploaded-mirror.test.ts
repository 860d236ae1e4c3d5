import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { zipOf } from '#test/cells.ts'
import { createUploadBench } from '#test/upload-bench.ts'
import { mirrorCells, noCharts } from '../s57/chart-files.ts'

// NOAA's own cells as a user would upload them: the zip of one cell, and one zip of many cells with their updates.

test('real exchange sets of one and of many cells become charts through a job tree', {
  skip: noCharts,
}, async () => {
  await using bench = await createUploadBench()
  const cells = await mirrorCells('day1')
  const entries = (of: typeof cells) =>
    of.flatMap(({ name, base, updates }) =>
      [base, ...updates].map((file) => ({ path: `ENC_ROOT/${name}/${file.name}`, content: file.bytes })),
    )
  const [single] = cells.filter((cell) => cell.updates.length > 0)
  const one = await bench.upload('one.zip', await zipOf(entries([single!])))
  assert.equal(one.status, 'succeeded', JSON.stringify(one.logs))
  const many = await bench.upload('many.zip', await zipOf(entries(cells)))
  assert.equal(many.status, 'succeeded', JSON.stringify(many.logs))
  assert.deepEqual([one.totalCharts, many.totalCharts], [1, cells.length])

  const { body } = await bench.call<{ jobs: JobRecord[] }>('GET', '/portal/v1/jobs')
  const parent = body.jobs.find((job) => job.parameters['uploadId'] === many.id && job.jobType === 'user-upload')
  const children = body.jobs.filter((job) => job.parentJobId === parent?.id)
  assert.ok(children.length > 0 && children.every((job) => job.jobState === 'completed'))
  assert.deepEqual(
    children.flatMap((job) => job.parameters['cells'] as string[]).toSorted(),
    cells.map((cell) => cell.name),
  )

  const reports = await bench.reports(many.id)
  for (const { name, updates } of cells) {
    const report = reports[name]!
    assert.deepEqual([report.status, report.errors, report.visible], ['indexed', [], true], name)
    assert.ok((report.featureCount ?? 0) > 0 && (report.update ?? 0) >= updates.length, name)
  }
  assert.equal((await bench.visible()).length, cells.length)
})
