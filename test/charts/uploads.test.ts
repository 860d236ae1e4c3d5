import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { JobRecord } from '#jobs/job-record.ts'
import { sampleCell, sampleRename, zipOf } from '#test/cells.ts'
import { createUploadBench } from '#test/upload-bench.ts'

const bench = await createUploadBench()
after(() => bench[Symbol.asyncDispose]())

const base = (name: string, edition = 1, updateNumber = 0) => sampleCell({ name, edition, updateNumber })
const update = (name: string, number: number, edition = 1) => sampleRename(number, { name, edition })

test('a zip of several cells becomes charts, with a tree of jobs behind it', async () => {
  const content = await zipOf([
    { path: 'ENC_ROOT/XX5AAAA1/XX5AAAA1.000', content: base('XX5AAAA1') },
    { path: 'ENC_ROOT/XX5AAAA1/XX5AAAA1.001', content: update('XX5AAAA1', 1) },
    { path: 'ENC_ROOT/XX5AAAA2/XX5AAAA2.000', content: base('XX5AAAA2', 3) },
    { path: 'ENC_ROOT/README.TXT', content: Buffer.from('read me') },
  ])
  const sent = await bench.send('../my charts<1>.zip', content)
  assert.equal(sent.status, 200)
  const { id, ...rest } = sent.body.upload
  assert.deepEqual(rest, { filename: 'my charts_1_.zip', fileSize: content.length, status: 'pending' })
  const upload = await bench.ended(id)
  assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
  assert.equal(upload.totalCharts, 2)
  assert.equal(upload.expiredCharts, 0)
  assert.equal(upload.uploaderEmail, 'admin')
  assert.ok(upload.logs.some((line) => line.message.startsWith('XX5AAAA1 indexed: edition 1, update 1')))

  const { body } = await bench.call<{ jobs: JobRecord[] }>('GET', '/portal/v1/jobs')
  const parent = body.jobs.find((job) => job.jobType === 'user-upload' && job.parameters['uploadId'] === id)
  const children = body.jobs.filter((job) => job.parentJobId === parent?.id)
  assert.deepEqual(
    children.map((job) => [job.jobType, job.jobState]),
    [['index-custom-encs', 'completed']],
  )
  assert.deepEqual(parent?.result, { cells: 2, permits: 0, children: { completed: 1, failed: 0, cancelled: 0 } })

  const reports = await bench.reports(id)
  const { edition, update: number, usageBand, scale, bbox, featureCount, visible, errors } = reports['XX5AAAA1']!
  assert.deepEqual(
    { edition, number, usageBand, scale, bbox, featureCount, visible, errors },
    {
      edition: 1,
      number: 1,
      usageBand: 5,
      scale: 12_000,
      bbox: [-30.1, 40, -30, 40.1],
      featureCount: 9,
      visible: true,
      errors: [],
    },
  )
  assert.equal(reports['XX5AAAA1']?.features?.['DEPARE'], 2)
  assert.deepEqual(await bench.visible(), ['XX5AAAA1 1.1', 'XX5AAAA2 3.0'])
})

describe('the life of a cell', () => {
  test('an update that comes by itself applies to what is held', async () => {
    const name = 'XX5BBBB1'
    await bench.upload(
      'first.zip',
      await zipOf([
        { path: `${name}.000`, content: base(name) },
        { path: `updates/1/${name}.001`, content: update(name, 1) },
        { path: `updates/2/${name}.002`, content: update(name, 2) },
      ]),
    )
    const third = await bench.upload(`${name}.003`, update(name, 3))
    assert.equal(third.status, 'succeeded', JSON.stringify(third.logs))
    assert.ok((await bench.visible()).includes(`${name} 1.3`))
    assert.ok((await bench.reports(third.id))[name]?.visible)
    await bench.remove(third.id)
    assert.ok((await bench.visible()).includes(`${name} 1.2`))
  })
})
