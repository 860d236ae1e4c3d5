import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createCells } from '#charts/cells/cells.ts'
import { listPublicFailures } from '#charts/cells/public-failures.ts'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { mirrorCell, sampleCell, sampleFeatures, sampleRename, writeMirror } from '#test/cells.ts'
import { startMirrorServer } from '#test/mirror-server.ts'
import { createRefreshBench, type RefreshBench } from '#test/refresh-bench.ts'

/** More rows than any test records. */
const PAGE = { limit: 100, offset: 0 }
const mirrors = path.resolve(import.meta.dirname, '../../../shared/charts/noaa-mirror')
const noMirrors = existsSync(mirrors) ? false : 'the NOAA charts are not beside the checkout'

async function cellsOf(bench: RefreshBench) {
  return await bench.database.db
    .selectFrom('cell')
    .select(['name', 'edition', 'update_number', 'title', 'blob_key', 'indexed_at', 'warnings', 'west', 'east', 'coverage'])
    .orderBy('name')
    .execute()
}

async function versionsOf(bench: RefreshBench): Promise<string[]> {
  return (await cellsOf(bench)).map((cell) => `${cell.name} ${cell.edition}.${cell.update_number}`)
}

async function blobsOf(bench: RefreshBench): Promise<string[]> {
  return (await Array.fromAsync(bench.storage.list('public/'))).map((blob) => blob.key).sort()
}

function linesOf(job: JobRecord, type: string): string[] {
  return job.logs.filter((line) => line.type === type).map((line) => line.message)
}

function counts(job: JobRecord, expected: Record<string, number>): void {
  assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
  const { bytes, ...rest } = job.result ?? {}
  const zero = { checked: 0, downloaded: 0, indexed: 0, unchanged: 0, cancelled: 0, withdrawn: 0, failed: 0 }
  assert.deepEqual(rest, { ...zero, ...expected })
  assert.equal(typeof bytes, 'number')
}

describe('a week of NOAA charts', { skip: noMirrors }, () => {
  test('the first refresh indexes every cell, a second none, and later ones only what changed', async () => {
    await using bench = await createRefreshBench()
    const server = await startMirrorServer(path.join(mirrors, 'day1'))
    try {
      const first = await bench.refresh(server.catalogueUrl)
      counts(first, { checked: 28, downloaded: 28, indexed: 28 })
      assert.equal(first.result?.['bytes'], 9_270_084)
      assert.equal(server.zipRequests().length, 28)
      assert.deepEqual(linesOf(first, 'error'), [])
      const before = await cellsOf(bench)
      assert.equal(before.length, 28)

      const second = await bench.refresh(server.catalogueUrl)
      counts(second, { checked: 28, unchanged: 28 })
      assert.equal(second.result?.['bytes'], 0)
      assert.equal(server.zipRequests().length, 28, 'no zip was asked for')
      assert.deepEqual(await cellsOf(bench), before)

      server.serve(path.join(mirrors, 'day2'))
      const third = await bench.refresh(server.catalogueUrl)
      counts(third, { checked: 28, downloaded: 3, indexed: 3, unchanged: 24, cancelled: 1, withdrawn: 1 })
      assert.deepEqual(server.zipRequests().slice(28).sort(), ['US1GC09M.zip', 'US5SAVDJ.zip', 'US5WA22M.zip'])
      const versions = await versionsOf(bench)
      assert.equal(versions.length, 27)
      for (const gone of ['US5SAVBJ', 'US5SAVCJ']) assert.ok(!versions.some((version) => version.startsWith(gone)), gone)
      for (const there of ['US1GC09M 65.0', 'US5WA22M 40.4', 'US5SAVDJ 1.0']) assert.ok(versions.includes(there), there)
      assert.deepEqual(
        await blobsOf(bench),
        (await cellsOf(bench)).map((cell) => cell.blob_key).sort(),
        'one zip a cell, no more',
      )
    } finally {
      await server.close()
    }
  })
})

describe('a second refresh', () => {
  test('replaces a cell with a new edition, removes cancelled and withdrawn cells, and leaves the rest unchanged', async () => {
    await using bench = await createRefreshBench()
    const [one, two] = [path.join(bench.folder, 'one'), path.join(bench.folder, 'two')]
    const names = ['AA5AAAA1', 'AA5AAAA2', 'AA5AAAA3', 'AA5AAAA4', 'AA5AAAA5', 'AA5AAAA6']
    await writeMirror(
      one,
      names.map((name) => ({ name })),
    )
    await writeMirror(two, [
      { name: 'AA5AAAA1', zipDate: '2026-01-08T05:00:00Z' },
      { name: 'AA5AAAA2', edition: 2 },
      { name: 'AA5AAAA3', updateNumber: 1 },
      { name: 'AA5AAAA4', status: 'Cancelled', updateNumber: 1 },
      { name: 'AA5AAAA6' },
      { name: 'AA5AAAA7' },
    ])
    const server = await startMirrorServer(one)
    try {
      counts(await bench.refresh(server.catalogueUrl), { checked: 6, downloaded: 6, indexed: 6 })
      server.serve(two)
      const job = await bench.refresh(server.catalogueUrl)
      counts(job, { checked: 6, downloaded: 3, indexed: 3, unchanged: 2, cancelled: 1, withdrawn: 1 })
      assert.deepEqual(server.zipRequests().slice(6).sort(), ['AA5AAAA2.zip', 'AA5AAAA3.zip', 'AA5AAAA7.zip'])
      assert.deepEqual(await versionsOf(bench), ['AA5AAAA1 1.0', 'AA5AAAA2 2.0', 'AA5AAAA3 1.1', 'AA5AAAA6 1.0', 'AA5AAAA7 1.0'])
      const info = linesOf(job, 'info')
      assert.ok(info.includes('AA5AAAA4 is cancelled and was removed'))
      assert.ok(info.includes('AA5AAAA5 is no longer in the catalogue and was removed'))
      assert.equal((await blobsOf(bench)).length, 5)
    } finally {
      await server.close()
    }
  })

  test('removes no cell and warns when the catalogue lacks more than a fifth of them', async () => {
    await using bench = await createRefreshBench()
    const mirror = path.join(bench.folder, 'mirror')
    const url = pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))
    await writeMirror(
      mirror,
      [1, 2, 3, 4].map((n) => ({ name: `AA5AAAA${n}` })),
    )
    counts(await bench.refresh(url), { checked: 4, downloaded: 4, indexed: 4 })
    await writeMirror(
      mirror,
      [1, 2, 3].map((n) => ({ name: `AA5AAAA${n}` })),
    )
    const job = await bench.refresh(url)
    counts(job, { checked: 3, unchanged: 3 })
    assert.match(linesOf(job, 'warning').join(), /lacks 1 of the 4 indexed cells, more than a fifth/)
    assert.equal((await cellsOf(bench)).length, 4)
  })

  test('removes a cell that an update of edition 0 cancels and does not download it again', async () => {
    await using bench = await createRefreshBench()
    const mirror = path.join(bench.folder, 'mirror')
    await writeMirror(mirror, [{ name: 'AA5AAAA1' }, { name: 'AA5AAAA2' }])
    const server = await startMirrorServer(mirror)
    try {
      await bench.refresh(server.catalogueUrl)
      const { files } = mirrorCell({ name: 'AA5AAAA2', updateNumber: 1, status: 'Cancelled' })
      await writeMirror(mirror, [{ name: 'AA5AAAA1' }, { name: 'AA5AAAA2', updateNumber: 1, files }])
      counts(await bench.refresh(server.catalogueUrl), { checked: 2, downloaded: 1, unchanged: 1, cancelled: 1 })
      assert.deepEqual(await versionsOf(bench), ['AA5AAAA1 1.0'])
      const requests = server.zipRequests().length
      counts(await bench.refresh(server.catalogueUrl), { checked: 2, unchanged: 2 })
      assert.equal(server.zipRequests().length, requests)
    } finally {
      await server.close()
    }
  })

  test('adds only cells that the filter selects and keeps indexed cells outside it up to date', async () => {
    await using bench = await createRefreshBench()
    const mirror = path.join(bench.folder, 'mirror')
    const url = pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))
    await writeMirror(mirror, [{ name: 'AA5AAAA1' }, { name: 'BB5AAAA1' }])
    counts(await bench.refresh(url, { filter: { names: ['AA*'], states: [], boxes: [] } }), {
      checked: 1,
      downloaded: 1,
      indexed: 1,
    })
    await writeMirror(mirror, [{ name: 'AA5AAAA1', edition: 2 }, { name: 'BB5AAAA1' }])
    const job = await bench.refresh(url, { filter: { names: ['BB5AAAA1'], states: [], boxes: [] } })
    counts(job, { checked: 2, downloaded: 2, indexed: 2 })
    assert.deepEqual(await versionsOf(bench), ['AA5AAAA1 2.0', 'BB5AAAA1 1.0'])
    const none = await bench.refresh(url, { filter: { names: ['ZZ*'], states: [], boxes: [] } })
    assert.equal(none.result?.['unchanged'], 2)
  })
})

test('the failure of a cell is forgotten when the catalogue no longer lists it, and kept while it fails', async () => {
  await using bench = await createRefreshBench()
  const mirror = path.join(bench.folder, 'mirror')
  const cells = [{ name: 'AA5AAAA1' }, { name: 'AA5AAAA2' }, { name: 'AA5AAAA3' }]
  const url = pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))
  const failed = async () => (await listPublicFailures(bench.database.db, PAGE)).failures.map(({ name }) => name)
  await writeMirror(mirror, cells)
  for (const name of ['AA5AAAA2', 'AA5AAAA3']) await rm(path.join(mirror, `${name}.zip`))
  await bench.refresh(url)
  assert.deepEqual(await failed(), ['AA5AAAA2', 'AA5AAAA3'])
  await writeMirror(mirror, cells.slice(0, 2))
  await rm(path.join(mirror, 'AA5AAAA2.zip'))
  await rm(path.join(mirror, 'AA5AAAA3.zip'), { force: true })
  await bench.refresh(url)
  assert.deepEqual(await failed(), ['AA5AAAA2'])
})

describe('a broken cell does not stop the others', () => {
  const broken: [title: string, breakIt: (mirror: string) => Promise<void>, message: RegExp][] = [
    [
      'a missing zip',
      (mirror) => rm(path.join(mirror, 'AA5AAAA2.zip')),
      /^AA5AAAA2 could not be downloaded: .*AA5AAAA2\.zip answered HTTP 404/,
    ],
    [
      'a zip of the wrong size',
      async (mirror) => {
        const file = path.join(mirror, 'AA5AAAA2.zip')
        await writeFile(file, Buffer.concat([await readFile(file), Buffer.from('x')]))
      },
      /^AA5AAAA2 could not be downloaded: .*has \d+ bytes, but the catalogue says \d+/,
    ],
    [
      'a file of the right size that is not a zip',
      async (mirror) => {
        const file = path.join(mirror, 'AA5AAAA2.zip')
        await writeFile(file, Buffer.alloc((await readFile(file)).length, 'x'))
      },
      /^AA5AAAA2 could not be indexed: AA5AAAA2\.zip: it is not a zip, or it is truncated/,
    ],
    [
      'a cell file that is not a chart',
      (mirror) => writeMirror(mirror, pair({ files: [{ name: 'AA5AAAA2.000', bytes: new TextEncoder().encode('hello') }] })),
      /^AA5AAAA2 could not be indexed: AA5AAAA2\.000/,
    ],
    [
      'a zip older than its catalogue entry',
      (mirror) =>
        writeMirror(mirror, pair({ edition: 3, files: [{ name: 'AA5AAAA2.000', bytes: sampleCell({ name: 'AA5AAAA2' }) }] })),
      /^AA5AAAA2 could not be indexed: the zip contains edition 1, update 0, but the catalogue lists edition 3, update 0/,
    ],
    [
      'the zip of another cell',
      (mirror) => writeMirror(mirror, pair({ files: [{ name: 'AA5OTHER.000', bytes: sampleCell({ name: 'AA5OTHER' }) }] })),
      /^AA5AAAA2 could not be indexed: the zip of AA5AAAA2 contains the cell AA5OTHER/,
    ],
  ]

  function pair(rest: Partial<Parameters<typeof mirrorCell>[0]>) {
    return [{ name: 'AA5AAAA1' }, { name: 'AA5AAAA2', ...rest }]
  }

  for (const [title, breakIt, message] of broken) {
    test(title, async () => {
      await using bench = await createRefreshBench()
      const mirror = path.join(bench.folder, 'mirror')
      await writeMirror(mirror, pair({}))
      await breakIt(mirror)
      const server = await startMirrorServer(mirror)
      try {
        const job = await bench.refresh(server.catalogueUrl)
        assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
        assert.equal(job.result?.['indexed'], 1)
        assert.equal(job.result?.['failed'], 1)
        const errors = linesOf(job, 'error')
        assert.equal(errors.length, 1, errors.join('\n'))
        assert.match(errors[0] ?? '', message)
        assert.deepEqual(await versionsOf(bench), ['AA5AAAA1 1.0'])
        const { failures } = await listPublicFailures(bench.database.db, PAGE)
        assert.deepEqual(
          failures.map(({ name, source }) => `${source} ${name}`),
          ['noaa AA5AAAA2'],
        )
        assert.ok(errors[0]?.endsWith(`: ${failures[0]?.reason}`), failures[0]?.reason)

        await rm(mirror, { recursive: true })
        await writeMirror(mirror, pair({}))
        const mended = await bench.refresh(server.catalogueUrl)
        counts(mended, { checked: 2, unchanged: 1, downloaded: 1, indexed: 1 })
        assert.deepEqual(await versionsOf(bench), ['AA5AAAA1 1.0', 'AA5AAAA2 1.0'])
        assert.equal((await listPublicFailures(bench.database.db, PAGE)).total, 0)
      } finally {
        await server.close()
      }
    })
  }

  test('the last good version stays visible when the new one is broken', async () => {
    await using bench = await createRefreshBench()
    const mirror = path.join(bench.folder, 'mirror')
    const url = pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))
    await writeMirror(mirror, pair({}))
    await bench.refresh(url)
    const files = [{ name: 'AA5AAAA2.000', bytes: new TextEncoder().encode('hello') }]
    await writeMirror(mirror, [
      { name: 'AA5AAAA1', edition: 2 },
      { name: 'AA5AAAA2', edition: 2, files },
    ])
    counts(await bench.refresh(url), { checked: 2, downloaded: 2, indexed: 1, failed: 1 })
    assert.deepEqual(await versionsOf(bench), ['AA5AAAA1 2.0', 'AA5AAAA2 1.0'])
    const inUse = (await cellsOf(bench)).map((cell) => cell.blob_key)
    assert.deepEqual(await blobsOf(bench), inUse.sort(), 'the old zip of the broken cell stays, the unusable new one does not')
  })

  test('the job fails when every changed cell fails', async () => {
    await using bench = await createRefreshBench()
    const mirror = path.join(bench.folder, 'mirror')
    await writeMirror(mirror, pair({}))
    await rm(path.join(mirror, 'AA5AAAA1.zip'))
    await rm(path.join(mirror, 'AA5AAAA2.zip'))
    const job = await bench.refresh(pathToFileURL(path.join(mirror, 'ENCProdCat.xml')))
    assert.equal(job.jobState, 'failed')
    assert.match(linesOf(job, 'error').at(-1) ?? '', /all 2 changed cells failed/)
  })
})

describe('a zip that is already stored', () => {
  test('is not downloaded again', async () => {
    await using bench = await createRefreshBench()
    const mirror = path.join(bench.folder, 'mirror')
    await writeMirror(mirror, [{ name: 'AA5AAAA1' }, { name: 'AA5AAAA2' }])
    const zip = await readFile(path.join(mirror, 'AA5AAAA2.zip'))
    await bench.storage.put('public/AA5AAAA2/1.0-20260101-20260101.zip', zip)
    await bench.storage.put('public/AA5AAAA1/1.0-20260101-20260101.zip', zip.subarray(0, 100))
    const server = await startMirrorServer(mirror)
    try {
      counts(await bench.refresh(server.catalogueUrl), { checked: 2, downloaded: 1, indexed: 2 })
      assert.deepEqual(server.zipRequests(), ['AA5AAAA1.zip'])
    } finally {
      await server.close()
    }
  })
})

test('a refresh indexes the whole invented coast without a warning', async () => {
  await using bench = await createRefreshBench()
  const mirror = path.join(bench.folder, 'coast')
  await writeDemoMirror(mirror)
  const url = pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))
  const job = await bench.refresh(url)
  const cells = await cellsOf(bench)
  counts(job, { checked: cells.length, downloaded: cells.length, indexed: cells.length })
  assert.ok(cells.length >= 4)
  assert.deepEqual(
    cells.flatMap((cell) => cell.warnings),
    [],
  )
  counts(await bench.refresh(url), { checked: cells.length, unchanged: cells.length })
})

test('texts and pictures that features name are served from the zip of a public cell', async () => {
  await using bench = await createRefreshBench()
  const name = 'XX5TEXT1'
  const [first, ...others] = sampleFeatures()
  const named = { ...first!, attributes: { ...first!.attributes, TXTDSC: 'XX5NOTE1.txt', PICREP: 'XX5GONE1.TIF' } }
  const files = [
    { name: `${name}.000`, bytes: sampleCell({ name, features: [named, ...others] }) },
    { name: 'XX5NOTE1.TXT', bytes: Buffer.from('a note') },
    { name: 'XX5OTHER.TXT', bytes: Buffer.from('unnamed') },
  ]
  const mirror = path.join(bench.folder, 'texts')
  await writeMirror(mirror, [{ name, files }])
  counts(await bench.refresh(pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))), { checked: 1, downloaded: 1, indexed: 1 })
  const stored = createCells({ db: bench.database.db, storage: bench.storage })
  const { cells } = await stored.list({ accountId: 1, limit: 10, offset: 0, box: null })
  assert.deepEqual(
    cells.map((cell) => [cell.name, cell.title, cell.files]),
    [[name, `Sample ${name}`, ['XX5NOTE1.TXT']]],
  )
  assert.equal((await stored.file(1, name, 'xx5note1.txt'))?.bytes.toString(), 'a note')
  for (const file of ['XX5OTHER.TXT', 'XX5GONE1.TIF', `${name}.000`]) assert.equal(await stored.file(1, name, file), null)
})

test('a public cell with a missing update is shown as of the one before, is fetched again, and keeps a newer version', async () => {
  await using bench = await createRefreshBench()
  const name = 'AA5AAAA1'
  const mirror = path.join(bench.folder, 'mirror')
  const catalogue = pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))
  const fileOf = (number: number) => ({
    name: `${name}.00${number}`,
    bytes: number === 0 ? sampleCell({ name }) : sampleRename(number, { name }),
  })
  const refreshWith = async (updateNumber: number, numbers: number[]) => {
    await writeMirror(mirror, [{ name, updateNumber, files: numbers.map(fileOf) }])
    return await bench.refresh(catalogue)
  }
  const upToDate = async () => (await bench.database.db.selectFrom('cell').select('up_to_date').execute())[0]?.up_to_date

  const gap = await refreshWith(2, [0, 2])
  assert.equal(gap.result?.['indexed'], 1, JSON.stringify(gap.logs))
  assert.deepEqual([await versionsOf(bench), await upToDate()], [[`${name} 1.0`], false])
  assert.match(linesOf(gap, 'warning').join(), /update 1 is missing.*; the cell is shown as of edition 1, update 0/)
  const repaired = await refreshWith(2, [0, 1, 2])
  counts(repaired, { checked: 1, downloaded: 1, indexed: 1 })
  assert.deepEqual([await versionsOf(bench), await upToDate()], [[`${name} 1.2`], true])
  counts(await refreshWith(2, [0, 1, 2]), { checked: 1, unchanged: 1 })
  await refreshWith(3, [0, 1, 2, 3])
  assert.deepEqual([await versionsOf(bench), await upToDate()], [[`${name} 1.3`], true])
  const worse = await refreshWith(4, [0, 1, 3, 4])
  assert.match(linesOf(worse, 'error')[0] ?? '', /update 2 is missing/)
  assert.deepEqual([await versionsOf(bench), await upToDate()], [[`${name} 1.3`], true])
})

test('an older catalogue leaves newer cells unchanged, with a warning', async () => {
  await using bench = await createRefreshBench()
  const mirror = path.join(bench.folder, 'mirror')
  const catalogue = pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))
  await writeMirror(mirror, [{ name: 'AA5AAAA1', edition: 2 }])
  await bench.refresh(catalogue)
  await writeMirror(mirror, [{ name: 'AA5AAAA1', edition: 1 }])
  const job = await bench.refresh(catalogue)
  assert.deepEqual(await versionsOf(bench), ['AA5AAAA1 2.0'])
  assert.match(linesOf(job, 'warning').join(), /lists older versions of 1 cell: AA5AAAA1\. The newer ones stay/)
  await bench.refresh(catalogue, { allowDowngrade: true })
  assert.deepEqual(await versionsOf(bench), ['AA5AAAA1 1.0'])
})

test('a cell that three successive catalogues of different dates lack is withdrawn', async () => {
  await using bench = await createRefreshBench()
  const mirror = path.join(bench.folder, 'mirror')
  const catalogue = pathToFileURL(path.join(mirror, 'ENCProdCat.xml'))
  const refreshOf = async (day: number, names: string[]) => {
    await writeMirror(
      mirror,
      names.map((name) => ({ name })),
      `2026-01-0${day}T06:00:00Z`,
    )
    await bench.refresh(catalogue)
    return (await versionsOf(bench)).length
  }
  const both = ['AA5AAAA1', 'AA5AAAA2']
  const one = ['AA5AAAA1']
  assert.equal(await refreshOf(1, both), 2)
  assert.equal(await refreshOf(2, one), 2)
  assert.equal(await refreshOf(3, both), 2, 'it is back, so counting starts again')
  assert.equal(await refreshOf(4, one), 2)
  assert.equal(await refreshOf(5, one), 2)
  assert.equal(await refreshOf(5, one), 2, 'the same catalogue counts once')
  assert.equal(await refreshOf(6, one), 1)
})
