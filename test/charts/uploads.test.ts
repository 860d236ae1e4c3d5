import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { VisibleCell } from '#charts/cells/list-cells.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import type { JobSummary } from '#jobs/model/job-summary.ts'
import type { JobDetail } from '#jobs/read/get-job.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { sampleCell, sampleFeatures, sampleRename, zipOf } from '#test/cells.ts'
import { signal } from '#test/jobs.ts'
import { createUploadBench } from '#test/upload-bench.ts'

/** When set, readers of an upload's file wait until it is released. */
let gate: { reached: PromiseWithResolvers<void>; release: PromiseWithResolvers<void> } | null = null
const bench = await createUploadBench({
  wrapStorage: (storage) => ({
    ...storage,
    async withFile(key, work) {
      const closed = gate
      if (closed !== null && key.startsWith('uploads/')) {
        closed.reached.resolve()
        await closed.release.promise
      }
      return await storage.withFile(key, work)
    },
  }),
})
after(() => bench[Symbol.asyncDispose]())

const base = (name: string, edition = 1, updateNumber = 0) => sampleCell({ name, edition, updateNumber })
const update = (name: string, number: number, edition = 1) => sampleRename(number, { name, edition })
/** An update whose records have version 2: the first after a re-issue, which sets them to 1. */
const firstAfterReissue = (name: string, number: number, edition: number) =>
  sampleRename(number, {
    name,
    edition,
    features: [{ id: 7, objectClass: 'BOYLAT', primitive: 1, instruction: 3, version: 2, attributes: { OBJNAM: 'New' } }],
  })

/** A zip of the files of a cell; `*` in a path stands for its name. */
const zipOfCell = (name: string, files: Record<string, Uint8Array>) =>
  zipOf(Object.entries(files).map(([path, content]) => ({ path: path.replace('*', name), content })))

/** `1.2` when the account sees edition 1, update 2 of the cell; null when it sees none. */
async function versionOf(name: string): Promise<string | null> {
  return (await bench.visible()).find((cell) => cell.startsWith(name))?.split(' ')[1] ?? null
}

async function reportOf(id: number, name: string) {
  return (await bench.reports(id))[name]!
}

test('a job tree turns a zip of several cells into charts', async () => {
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
  const { body: summary } = await bench.call<JobSummary>('GET', `/portal/v1/jobs/${parent?.id}?view=summary`)
  assert.deepEqual([summary.startedBy?.kind, summary.startedBy?.username], ['upload', 'admin'])

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

test('an upload whose charts are not indexed yet is far from done', async () => {
  const locked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const lock = bench.database.db.transaction().execute(async (trx) => {
    // The child job can read its cells, but cannot make any of them visible.
    await sql`lock table cell in exclusive mode`.execute(trx)
    locked.resolve()
    await release.promise
  })
  await locked.promise
  try {
    const { id } = (await bench.send('XX5FAR01.000', base('XX5FAR01'))).body.upload
    const jobOf = async () => {
      const { body } = await bench.call<{ jobs: JobSummary[] }>('GET', '/portal/v1/jobs?parentJobId=none&view=summary')
      return body.jobs.find(({ parameters }) => parameters['uploadId'] === id)
    }
    while ((await jobOf())?.waitingReason !== 'waits for 1 of 1 child jobs') await setTimeout(20)
    const waiting = await jobOf()
    assert.equal(waiting?.percentComplete, 10)
    const steps = waiting?.steps.map(({ stepName, status }) => `${stepName} ${status}`)
    assert.deepEqual(steps, ['step_unpack completed', 'step_index_cells running'])
    release.resolve()
    assert.equal((await bench.ended(id)).status, 'succeeded')
    const ended = await jobOf()
    assert.deepEqual([ended?.percentComplete, ended?.steps[1]?.status], [100, 'completed'])
    await bench.remove(id)
  } finally {
    release.resolve()
    await lock
  }
})

describe('an uploaded cell', () => {
  test('takes an update that is uploaded on its own', async () => {
    const name = 'XX5BBBB1'
    const files = { '*.000': base(name), 'updates/1/*.001': update(name, 1), 'updates/2/*.002': update(name, 2) }
    await bench.upload('first.zip', await zipOfCell(name, files))
    const third = await bench.upload(`${name}.003`, update(name, 3))
    assert.equal(third.status, 'succeeded', JSON.stringify(third.logs))
    assert.equal(await versionOf(name), '1.3')
    assert.ok((await reportOf(third.id, name)).visible)
    // An update that cannot be applied yet leaves the chart unchanged.
    const fifth = await bench.upload(`${name}.005`, update(name, 5))
    const { warnings, upToDate } = await reportOf(fifth.id, name)
    assert.equal(upToDate, false)
    assert.deepEqual(warnings, [
      'update 4 is missing: the base file of XX5BBBB1 is edition 1, and the updates go up to 5; the cell is shown as of edition 1, update 3',
    ])
    assert.equal(await versionOf(name), '1.3')
    const fourth = await bench.upload(`${name}.004`, update(name, 4))
    assert.deepEqual([(await reportOf(fourth.id, name)).upToDate, await versionOf(name)], [true, '1.5'])
    await bench.remove(fourth.id)
    assert.equal(await versionOf(name), '1.3')
    await bench.remove(third.id)
    assert.equal(await versionOf(name), '1.2')
  })

  test('is shown as of the last good update until the faulty one is replaced, and keeps a newer version', async () => {
    const foreign = (name: string) =>
      writeUpdate({
        name,
        updateNumber: 2,
        features: [{ id: 99, objectClass: 'BOYLAT', primitive: 1, instruction: 3, version: 2 }],
      })
    const damaged = () => Buffer.from('no chart at all')
    for (const [name, faulty] of [
      ['XX5LAST1', foreign],
      ['XX5LAST2', damaged],
    ] as const) {
      const files = { '*.000': base(name), '*.001': update(name, 1), '*.002': faulty(name), '*.003': update(name, 3) }
      const { status, id } = await bench.upload('faulty.zip', await zipOfCell(name, files))
      assert.deepEqual([status, await versionOf(name)], ['succeeded', '1.1'])
      const report = await reportOf(id, name)
      assert.deepEqual([report.upToDate, report.status, report.update], [false, 'indexed', 1])
      assert.match(report.warnings[0] ?? '', /^XX5LAST[12]\.002.*; the cell is shown as of edition 1, update 1$/)
      const { body } = await bench.call<{ cells: VisibleCell[] }>('GET', '/portal/v1/charts/cells')
      assert.equal(body.cells.find((cell) => cell.name === name)?.upToDate, false)
      const second = await bench.upload(`${name}.002`, update(name, 2))
      assert.deepEqual([(await reportOf(second.id, name)).upToDate, await versionOf(name)], [true, '1.3'])
    }
    const name = 'XX5LAST1'
    const older = await bench.upload('gap.zip', await zipOfCell(name, { '*.000': base(name), '*.002': update(name, 2) }))
    assert.deepEqual([older.status, await versionOf(name)], ['failed', '1.3'])
    assert.match((await reportOf(older.id, name)).errors.join(), /^update 1 is missing/)
  })

  test('is shown as of the update before one that comes alone and damaged, or twice with different contents', async () => {
    const name = 'XX5LAST3'
    await bench.upload(`${name}.000`, base(name))
    const cut = await bench.upload(`${name}.001`, update(name, 1).subarray(0, 300))
    const report = await reportOf(cut.id, name)
    assert.deepEqual([cut.status, report.upToDate, await versionOf(name)], ['succeeded', false, '1.0'])
    assert.match(report.warnings.join(), /XX5LAST3\.001.*; the cell is shown as of edition 1, update 0/)
    const whole = await bench.upload(`${name}.001`, update(name, 1))
    assert.deepEqual([(await reportOf(whole.id, name)).upToDate, await versionOf(name)], [true, '1.1'])
    const files = { '*.000': base('XX5LAST4'), 'a/*.001': update('XX5LAST4', 1) }
    const other = { ...files, 'b/*.001': sampleRename(1, { name: 'XX5LAST4', issueDate: '2026-02-02' }) }
    const differ = await bench.upload('differ.zip', await zipOfCell('XX5LAST4', other))
    assert.deepEqual([differ.status, await versionOf('XX5LAST4')], ['succeeded', '1.0'])
    assert.match(
      (await reportOf(differ.id, 'XX5LAST4')).warnings.join(),
      /^update 1 of XX5LAST4 occurs twice with different contents.*; the cell is shown as of edition 1, update 0/,
    )
  })

  test('is refused when nothing valid comes before its faulty update', async () => {
    const name = 'XX5NONE1'
    const files = { '*.000': Buffer.from('no chart at all'), '*.001': update(name, 1) }
    const { status } = await bench.upload('nothing.zip', await zipOfCell(name, files))
    assert.deepEqual([status, await versionOf(name)], ['failed', null])
  })

  test('starts with a re-issue, which contains earlier updates, and applies the later ones', async () => {
    const name = 'XX5REIS1'
    const files = {
      '*.000': base(name, 2, 3),
      '*.002': update(name, 2, 2),
      '*.003': update(name, 3, 2),
      '*.004': firstAfterReissue(name, 4, 2),
    }
    const upload = await bench.upload('reissue.zip', await zipOfCell(name, files))
    assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
    assert.equal(await versionOf(name), '2.4')
    const { warnings } = await reportOf(upload.id, name)
    assert.deepEqual(warnings, [
      `${name}.002 was ignored: the base file is a re-issue that already contains update 2`,
      `${name}.003 was ignored: the base file is a re-issue that already contains update 3`,
    ])
    const gap = await bench.upload('gap.zip', await zipOfCell(name, { '*.000': base(name, 2, 3), '*.006': update(name, 6, 2) }))
    assert.match(
      (await reportOf(gap.id, name)).errors.join(),
      /^updates 4, 5 are missing: the base file of XX5REIS1 is edition 2, update 3, and the updates go up to 6$/,
    )
    assert.equal(await versionOf(name), '2.4')
  })

  test('accepts an identical second file with a warning and fails when the two differ', async () => {
    const name = 'XX5TWIN1'
    const same = { 'a/*.000': base(name), 'a/*.001': update(name, 1), 'b/*.001': update(name, 1) }
    const twins = await bench.upload('twins.zip', await zipOfCell(name, same))
    assert.deepEqual([twins.status, await versionOf(name)], ['succeeded', '1.1'])
    assert.deepEqual((await reportOf(twins.id, name)).warnings, [
      'update 1 occurs twice with the same content; one copy was used',
    ])
    const other = { ...same, 'b/*.001': sampleRename(1, { name, issueDate: '2026-02-02' }) }
    const differ = await bench.upload('differ.zip', await zipOfCell(name, other))
    assert.deepEqual(
      [differ.status, (await reportOf(differ.id, name)).errors],
      ['failed', [`update 1 of ${name} occurs twice with different contents; upload only the correct one`]],
    )
    const bases = await bench.upload('bases.zip', await zipOfCell(name, { 'a/*.000': base(name, 2), 'b/*.000': base(name, 3) }))
    assert.deepEqual([bases.status, await versionOf(name)], ['succeeded', '3.0'])
    assert.match(
      (await reportOf(bases.id, name)).warnings[0] ?? '',
      /^edition 2 of the base file was ignored: the upload also contains edition 3/,
    )
  })

  test('is out of date with an update of a newer edition, which names the missing base file, and refuses one of an older', async () => {
    const name = 'XX5EDIT1'
    const why = `${name}.001 is an update for edition 3, but the cell is edition 2: the base file of edition 3 is missing`
    const shown = `${why}; the cell is shown as of edition 2, update 0`
    await bench.upload(`${name}.000`, base(name, 2))
    const alone = await bench.upload(`${name}.001`, update(name, 1, 3))
    const together = await bench.upload(
      'both.zip',
      await zipOfCell(name, { '*.000': base(name, 2), '*.001': update(name, 1, 3) }),
    )
    for (const { id, status } of [alone, together]) {
      const { upToDate, warnings } = await reportOf(id, name)
      assert.deepEqual([status, upToDate, warnings], ['succeeded', false, [shown]])
    }
    assert.equal(await versionOf(name), '2.0')
    const older = await bench.upload(`${name}.001`, update(name, 1, 1))
    assert.deepEqual(
      [older.status, (await reportOf(older.id, name)).errors],
      ['failed', [`${name}.001 is an update for edition 1, but the cell is edition 2`]],
    )
    assert.equal(await versionOf(name), '2.0')
  })

  test('is replaced by a later upload, even of an older edition, until that upload is deleted', async () => {
    const name = 'XX5OVER1'
    await bench.upload('new.zip', await zipOfCell(name, { '*.000': base(name, 2), '*.001': update(name, 1, 2) }))
    const old = await bench.upload(`${name}.000`, base(name, 1))
    assert.deepEqual([old.status, await versionOf(name)], ['succeeded', '1.0'])
    assert.deepEqual((await reportOf(old.id, name)).warnings, ['edition 1, update 0 replaces the newer edition 2, update 1'])
    await bench.remove(old.id)
    assert.equal(await versionOf(name), '2.1')
  })

  test('is removed by an update of edition 0 until the upload of that update is deleted', async () => {
    const name = 'XX5ZERO1'
    await bench.upload(`${name}.000`, base(name))
    const zero = await bench.upload(`${name}.001`, sampleRename(1, { name, edition: 0, features: [] }))
    assert.deepEqual([zero.status, await versionOf(name)], ['succeeded', null])
    assert.equal((await reportOf(zero.id, name)).status, 'cancelled')
    await bench.remove(zero.id)
    assert.equal(await versionOf(name), '1.0')
  })
})

describe('an upload in progress', () => {
  const jobOf = async (upload: number) => {
    const { body } = await bench.call<{ jobs: JobRecord[] }>('GET', '/portal/v1/jobs?jobType=user-upload')
    return body.jobs.find((job) => job.parameters['uploadId'] === upload)!.id
  }

  test('stops when its job is cancelled and continues when the job is retried', async () => {
    const name = 'XX5STOP1'
    gate = { reached: signal(), release: signal() }
    const sent = await bench.send(`${name}.zip`, await zipOfCell(name, { '*.000': base(name) }))
    const { id } = sent.body.upload
    await gate.reached.promise
    const job = await jobOf(id)
    const cancelled = await bench.call<JobDetail>('POST', `/portal/v1/jobs/${job}/cancel`)
    assert.equal(cancelled.status, 200)
    gate.release.resolve()
    gate = null
    const upload = await bench.ended(id)
    assert.equal(upload.status, 'cancelled', JSON.stringify(upload.logs))
    assert.equal(await versionOf(name), null)

    assert.equal((await bench.call('POST', `/portal/v1/jobs/${job}/retry`)).status, 200)
    assert.equal((await bench.ended(id)).status, 'succeeded')
    assert.equal(await versionOf(name), '1.0')
    const again = await bench.call('POST', `/portal/v1/jobs/${job}/retry`)
    assert.deepEqual([again.status, again.body.code], [409, 'JOB_COMPLETED'])
  })

  test('leaves nothing when it is deleted', async () => {
    const name = 'XX5STOP2'
    gate = { reached: signal(), release: signal() }
    const { id } = (await bench.send(`${name}.zip`, await zipOfCell(name, { '*.000': base(name) }))).body.upload
    await gate.reached.promise
    const removed = bench.remove(id)
    gate.release.resolve()
    gate = null
    await removed
    assert.equal(await versionOf(name), null)
    assert.equal((await bench.call('GET', `/portal/v1/charts/uploads/${id}`)).status, 404)
  })

  test('says that an update which came before its base file must be uploaded again, also when its job is retried', async () => {
    const name = 'XX5EARLY'
    const early = await bench.upload(`${name}.001`, update(name, 1))
    assert.equal(early.status, 'failed')
    await bench.upload(`${name}.000`, base(name))
    assert.equal((await bench.call('POST', `/portal/v1/jobs/${await jobOf(early.id)}/retry`)).status, 200)
    assert.equal((await bench.ended(early.id)).status, 'succeeded')
    assert.deepEqual((await reportOf(early.id, name)).warnings, [
      'its updates came before the base file, which a later upload contains, and are not applied: upload them again if they are for edition 1',
    ])
    await bench.upload(`${name}.001`, update(name, 1))
    assert.equal(await versionOf(name), '1.1')
  })

  test('reads only unfinished cells when its failed job is retried', async () => {
    const [good, bad] = ['XX5TRYS1', 'XX5TRYS2'] as const
    const files = [
      { path: `${good}.000`, content: base(good) },
      { path: `${bad}.000`, content: base(bad).slice(0, 900) },
    ]
    const upload = await bench.upload('some.zip', await zipOf(files))
    assert.equal(upload.status, 'failed')
    assert.equal((await bench.call('POST', `/portal/v1/jobs/${await jobOf(upload.id)}/retry`)).status, 200)
    const again = await bench.ended(upload.id)
    assert.equal(again.status, 'failed')
    const lines = again.logs.map((line) => line.message)
    assert.equal(lines.filter((line) => line.startsWith(`${good} indexed`)).length, 1)
    assert.equal(lines.filter((line) => line.startsWith(`${bad} could not be used`)).length, 2)
    assert.ok(lines.includes('Already read: 1 cell'), lines.join('\n'))
  })
})

describe('files that come with a cell', () => {
  const name = 'XX5TEXT1'
  const [buoy, wreck] = [6, 8]
  const features = sampleFeatures().map((feature, i) => {
    const more = i === buoy ? { TXTDSC: 'xx5note1.txt' } : i === wreck ? { PICREP: 'XX5PICT1.TIF', TXTDSC: 'XX5PAGE1.HTM' } : {}
    return { ...feature, attributes: { ...feature.attributes, ...more } }
  })

  test('only texts and pictures that a feature names are served', async () => {
    const content = sampleCell({ name, features })
    const upload = await bench.upload(
      'texts.zip',
      await zipOf([
        { path: `ENC_ROOT/${name}.000`, content },
        { path: 'ENC_ROOT/XX5NOTE1.TXT', content: Buffer.from('caf\xe9', 'latin1') },
        { path: 'ENC_ROOT/XX5PICT1.TIF', content: Buffer.from('II*\0 picture', 'latin1') },
        { path: 'ENC_ROOT/XX5OTHER.TXT', content: 'unnamed' },
      ]),
    )
    assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
    assert.deepEqual((await reportOf(upload.id, name)).warnings, [
      'its features name texts or pictures that no upload contains: XX5PAGE1.HTM',
    ])
    const file = (file: string, token = bench.admin) =>
      bench.call<string | { code: string }>('GET', `/portal/v1/charts/cells/${name}/files/${file}`, { token })
    const note = await file('XX5NOTE1.TXT')
    assert.deepEqual([note.status, note.body, note.headers.get('content-type')], [200, 'café', 'text/plain; charset=utf-8'])
    const picture = await file('xx5pict1.tif')
    assert.deepEqual([picture.status, picture.body, picture.headers.get('content-type')], [200, 'II*\0 picture', 'image/tiff'])
    const other = await bench.addUser('no texts')
    for (const answer of [
      await file('XX5OTHER.TXT'),
      await file('XX5PAGE1.HTM'),
      await file('..%2F..%2Fsecret.key'),
      await file('XX5NOTE1.TXT', other),
    ]) {
      const code = typeof answer.body === 'string' ? null : answer.body.code
      assert.deepEqual([answer.status, code], [404, 'CELL_FILE_NOT_FOUND'])
    }
    await bench.remove(upload.id)
    assert.equal((await file('XX5NOTE1.TXT')).status, 404)
  })
})

test('the list of cells accepts a bounding box, also across the antimeridian', async () => {
  const boxes = {
    XX5WEST1: [-179.95, 10, -179.9, 10.1],
    XX5EAST1: [179.9, 10, 179.95, 10.1],
    XX5FARA1: [20, 10, 20.1, 10.1],
  } as const
  await Promise.all(Object.entries(boxes).map(([name, box]) => bench.upload(`${name}.000`, sampleCell({ name, box }))))
  const within = async (bbox: string) => {
    const { body } = await bench.call<{ cells: { name: string }[]; pagination: { total: number } }>(
      'GET',
      `/portal/v1/charts/cells?bbox=${bbox}`,
    )
    assert.equal(body.pagination.total, body.cells.length)
    return body.cells.map((cell) => cell.name)
  }
  assert.deepEqual(await within('179,9,-179,11'), ['XX5EAST1', 'XX5WEST1'])
  assert.deepEqual(await within('19,9,20.05,10.05'), ['XX5FARA1'])
  assert.deepEqual(await within('-180,10.1,180,10.2'), ['XX5EAST1', 'XX5FARA1', 'XX5WEST1'])
  assert.deepEqual(await within('19,11,21,12'), [])
  for (const wrong of ['1,2,3', '1,9,2,8', '200,1,2,3', 'a,b,c,d']) {
    const { status, body } = await bench.call('GET', `/portal/v1/charts/cells?bbox=${wrong}`)
    assert.deepEqual([status, body.code], [400, 'VALIDATION_FAILED'])
    assert.match(body.detail, /bbox must be west,south,east,north in degrees/)
  }
})

test('survey files with names of other lengths become charts, with a warning', async () => {
  const content = await zipOf([
    { path: 'H13776_FFF.000', content: base('H13776_FFF') },
    { path: 'US5GA20M_S57_testfile.000', content: base('US5GA20M') },
  ])
  const upload = await bench.ended((await bench.send('survey.zip', content)).body.upload.id)
  assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
  assert.equal(upload.totalCharts, 2)
  assert.equal(await versionOf('H13776_FFF'), '1.0')
  assert.equal(await versionOf('US5GA20M_S57_TESTFILE'), '1.0')
  const { warnings } = await reportOf(upload.id, 'H13776_FFF')
  assert.match(warnings.join('\n'), /H13776_FFF\.000 is not named as a navigational chart \(eight letters and digits\)/)

  const alone = await bench.ended((await bench.send('H13777-a.000', base('H13777-a'))).body.upload.id)
  assert.equal(alone.status, 'succeeded', JSON.stringify(alone.logs))
  assert.equal(await versionOf('H13777-A'), '1.0')
})

test('of two notes with one name, each cell has the one beside it', async () => {
  const [note, buoy] = [{ TXTDSC: 'XXNOTE01.TXT' }, sampleFeatures()]
  const features = [...buoy, { ...buoy[6]!, key: 'noted', references: [], attributes: note }]
  const filesOf = (name: string) => [
    { path: `ENC_ROOT/${name}/${name}.000`, content: sampleCell({ name, features }) },
    { path: `ENC_ROOT/${name}/XXNOTE01.TXT`, content: Buffer.from(`Note of ${name}`) },
  ]
  const names = ['XX5NOTEA', 'XX5NOTEB']
  const zip = await zipOf([...names.flatMap(filesOf), { path: 'ENC_ROOT/XXNOTE01.TXT', content: Buffer.from('Note of no cell') }])
  await bench.upload('notes.zip', zip)
  for (const name of names) {
    const { body } = await bench.call<string>('GET', `/portal/v1/charts/cells/${name}/files/XXNOTE01.TXT`)
    assert.equal(body, `Note of ${name}`)
  }
})

test('of two notes with one name, a cell has the one beside its last update, in any order of the zip', async () => {
  const features = [
    ...sampleFeatures(),
    { ...sampleFeatures()[6]!, key: 'noted', references: [], attributes: { TXTDSC: 'XXNOTE01.TXT' } },
  ]
  const filesOf = (name: string, number: number, content: Uint8Array) => [
    { path: `XX/${name}/1/${number}/${name}.00${number}`, content },
    { path: `XX/${name}/1/${number}/XXNOTE01.TXT`, content: Buffer.from(`Note of update ${number}`) },
  ]
  const names = ['XX5NOTEC', 'XX5NOTED']
  const [first = [], second = []] = names.map((name) => [
    filesOf(name, 0, sampleCell({ name, features })),
    filesOf(name, 1, update(name, 1)),
  ])
  await bench.upload('folders.zip', await zipOf([...first.flat(), ...second.toReversed().flat()]))
  for (const name of names) {
    const { body } = await bench.call<string>('GET', `/portal/v1/charts/cells/${name}/files/XXNOTE01.TXT`)
    assert.equal(body, 'Note of update 1', name)
  }
})

test('deleting an upload of many cells restores those of older uploads and leaves those of newer ones', async () => {
  const names = Array.from({ length: 30 }, (_, i) =>
    `XX5MANY${String.fromCharCode(65 + i)}`.replace(/[^A-Z0-9]/g, '0').slice(0, 8),
  )
  const cells = [...new Set(names)]
  const [older, newer, ...others] = cells as [string, string, ...string[]]
  await bench.upload('older.zip', await zipOfCell(older, { '*.000': base(older, 1) }))
  const many = await bench.upload(
    'many.zip',
    await zipOf([older, newer, ...others].map((name) => ({ path: `${name}.000`, content: base(name, 2) }))),
  )
  await bench.upload('newer.zip', await zipOfCell(newer, { '*.000': base(newer, 3) }))
  await bench.remove(many.id)
  const left = (await bench.visible()).filter((cell) => cell.startsWith('XX5MANY'))
  assert.deepEqual(left.sort(), [`${older} 1.0`, `${newer} 3.0`].sort())
  const { body } = await bench.call<{ jobs: JobRecord[] }>('GET', '/portal/v1/jobs?jobType=delete-upload&limit=1')
  assert.deepEqual([body.jobs[0]?.result?.['removed'], body.jobs[0]?.result?.['restored']], [others.length, 1])
})
