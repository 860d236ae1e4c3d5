import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { after, describe, test } from 'node:test'
import { writeCatalogueFile } from '#s57/writer/write-catalogue-file.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { sampleCell, sampleFeatures, sampleRename, zipOf } from '#test/cells.ts'
import { createUploadBench, type ShownUpload } from '#test/upload-bench.ts'
import { linked, rewritten } from '#test/zip-tricks.ts'

// Uploads with more than a chart in them: junk, copies, files of other editions, and lists that do not fit.

const bench = await createUploadBench()
after(() => bench[Symbol.asyncDispose]())

type Entries = Record<string, Uint8Array | string>
const zip = (entries: Entries) =>
  zipOf(Object.entries(entries).map(([path, content]) => ({ path, content: Buffer.from(content) })))
const base = (name: string, edition = 1) => sampleCell({ name, edition })
const textOf = (upload: ShownUpload) => upload.logs.map((line) => `${line.type}: ${line.message}`).join('\n')

/** Uploads a zip. @returns the upload and the report of a cell of it. */
async function send(name: string, content: Uint8Array) {
  const upload = await bench.upload('set.zip', content)
  const report = (await bench.reports(upload.id))[name]
  assert.ok(report, textOf(upload))
  return { upload, report, version: `${report.edition}.${report.update}` }
}

describe('files beside a chart', () => {
  const junk: [what: string, name: string, folder: string][] = [
    ['a restore point of Windows', 'XX5JUNK1', 'System Volume Information'],
    ['the recycle bin of an old Windows', 'XX5JUNK2', 'RECYCLER'],
    ['the recycle bin of a file server', 'XX5JUNK3', '@Recycle'],
    ['a snapshot of a file server', 'XX5JUNK4', '#snapshot/daily'],
  ]
  for (const [what, name, folder] of junk) {
    test(`${what} is ignored`, async () => {
      const { upload, report } = await send(
        name,
        await zip({ [`A/${name}.000`]: base(name), [`${folder}/${name}.000`]: base(name, 2) }),
      )
      assert.deepEqual([upload.status, report.edition, report.warnings], ['succeeded', 1, []])
    })
  }

  const copies: [what: string, name: string, content: (name: string) => Promise<Uint8Array>][] = [
    ['empty', 'XX5COPY1', (name) => zip({ [`A/${name}.000`]: base(name), [`B/${name}.000`]: '' })],
    ['no chart at all', 'XX5COPY2', (name) => zip({ [`A/${name}.000`]: 'not found', [`B/${name}.000`]: base(name) })],
    [
      'a link',
      'XX5COPY4',
      async (name) => linked(await zip({ [`A/${name}.000`]: `../B/${name}`, [`B/${name}.000`]: base(name) })),
    ],
  ]
  for (const [what, name, content] of copies) {
    test(`a copy of a base file that is ${what} is passed over with a warning`, async () => {
      const { upload, report, version } = await send(name, await content(name))
      assert.deepEqual([upload.status, version], ['succeeded', '1.0'])
      assert.match(report.warnings.join('\n'), /^a copy of the base file was passed over: XX5COPY\d\.000/)
    })
  }

  test('a path that occurs twice costs only the file that it names', async () => {
    const name = 'XX5PATH1'
    const content = { 'A/README.TXT': 'one', 'B/README.TXT': 'two', [`A/${name}.000`]: base(name) }
    const { upload } = await send(name, rewritten(Buffer.from(await zip(content)), 'B/README', 'A/README'))
    assert.equal(upload.status, 'succeeded')
    assert.match(textOf(upload), /"A\/README\.TXT" was passed over: it occurs twice in the zip, with different contents/)

    const other = 'XX5PATH2'
    const charts = { [`A/${name}.000`]: base(name), [`B/${name}.000`]: base(name, 2), [`A/${other}.000`]: base(other) }
    const twice = await send(other, rewritten(Buffer.from(await zip(charts)), `B/${name}`, `A/${name}`))
    assert.deepEqual([twice.upload.status, twice.report.status], ['failed', 'indexed'])
    assert.match(textOf(twice.upload), /XX5PATH1\.000: it occurs twice in the zip, with different contents/)
  })

  test('a damaged permit file is a warning beside a chart', async () => {
    const name = 'XX5PERM1'
    const content = Buffer.from(
      await zip({ 'PERMIT.TXT': ':DATE 20260101 00:00\r\n:VERSION 2\r\n', [`${name}.000`]: base(name) }),
    )
    const { upload } = await send(name, rewritten(content, content.toString('latin1', 40, 44), 'XXXX'))
    assert.equal(upload.status, 'succeeded', textOf(upload))
    assert.match(textOf(upload), /warning: .*PERMIT\.TXT.*damaged.*; the upload is processed without it/)
  })

  test('a page of an error under the name of a chart is no encrypted chart', async () => {
    const { report } = await send('XX5PAGE1', await zip({ 'XX5PAGE1.000': '<html>404</html>' }))
    assert.equal(report.status, 'failed')
    assert.match(report.errors.join(), /this is not an S-57 file/)
  })
})

describe('CATALOG.031', () => {
  const listing = (name: string, path: string) =>
    writeCatalogueFile([{ path, bytes: base(name), longName: `Title of ${name}`, box: null }])
  for (const [what, name, at, path] of [
    ['beside ENC_ROOT', 'XX5LIST1', 'CATALOG.031', 'XX5LIST1.000'],
    ['with a folder that is not there', 'XX5LIST2', 'ENC_ROOT/CATALOG.031', 'XX5LIST2/1/0/XX5LIST2.000'],
  ] as const) {
    test(`${what} gives charts their titles, and lacks nothing`, async () => {
      const { upload, report } = await send(name, await zip({ [at]: listing(name, path), [`ENC_ROOT/${name}.000`]: base(name) }))
      assert.equal(report.title, `Title of ${name}`)
      assert.doesNotMatch(textOf(upload), /missing/)
    })
  }

  test('lists what is missing, also when another edition of it has an entry of its own', async () => {
    const name = 'XX5LIST3'
    const entries = ['1', '2'].map((folder) => ({ path: `${folder}/${name}.000`, bytes: base(name), longName: '', box: null }))
    const { upload } = await send(name, await zip({ 'CATALOG.031': writeCatalogueFile(entries), [`1/${name}.000`]: base(name) }))
    assert.match(textOf(upload), /CATALOG\.031 lists chart files that are missing: "2\/XX5LIST3\.000"/)
  })
})

describe('updates in a set', () => {
  test('the cancellation of an older edition does not cancel the new one', async () => {
    const name = 'XX5OLDC1'
    const cancel = writeUpdate({ name, edition: 0, updateNumber: 1, issueDate: '2026-01-05' })
    const newer = sampleCell({ name, edition: 2, issueDate: '2026-02-01', updateApplicationDate: '2026-02-01' })
    const { report, version } = await send(name, await zip({ [`2/${name}.000`]: newer, [`1/${name}.001`]: cancel }))
    assert.deepEqual([version, report.status, report.upToDate], ['2.0', 'indexed', true])
    assert.deepEqual(report.warnings, ['XX5OLDC1.001 cancels an older edition: it is of 2026-01-05, the base file of 2026-02-01'])
  })

  test('a cancellation of the day of the base file, or without a date, cancels the cell', async () => {
    for (const [name, issueDate] of [
      ['XX5NEWC1', '2026-02-01'],
      ['XX5NEWC2', null],
    ] as const) {
      const cancel = writeUpdate({ name, edition: 0, updateNumber: 1, issueDate })
      const cell = sampleCell({ name, issueDate: '2026-02-01' })
      const { report } = await send(name, await zip({ [`${name}.000`]: cell, [`${name}.001`]: cancel }))
      assert.equal(report.status, 'cancelled')
    }
  })

  test('of two files with one name, the one that names another cell is ignored', async () => {
    const name = 'XX5TWIN1'
    const foreign = { 'A/XX5TWIN1.000': base('XX5TWIN9', 2), 'A/XX5TWIN1.001': sampleRename(1, { name: 'XX5TWIN9' }) }
    const own = { 'B/XX5TWIN1.000': base(name), 'B/XX5TWIN1.001': sampleRename(1, { name }) }
    const { report, version } = await send(name, await zip({ ...foreign, ...own }))
    assert.deepEqual([version, report.upToDate], ['1.1', true])
    assert.deepEqual(
      report.warnings,
      ['000', '001'].map((number) => `a copy of ${name}.${number} was ignored: it is for the cell XX5TWIN9 (DSNM)`),
    )
  })

  test('many copies of a file are one warning', async () => {
    const name = 'XX5MANY1'
    const copies = ['A', 'B', 'C', 'D'].flatMap((folder) => [
      [`${folder}/${name}.000`, base(name)],
      [`${folder}/${name}.001`, sampleRename(1, { name })],
    ])
    const { report, version } = await send(name, await zip(Object.fromEntries(copies)))
    assert.equal(version, '1.1')
    assert.deepEqual(
      report.warnings,
      ['the base file', 'update 1'].map((what) => `${what} occurs twice with the same content; one copy was used`),
    )
  })

  test('missing updates are named by their first and last number', async () => {
    const name = 'XX5GAPS1'
    const files = [2, 4, 5, 999].map((number) => [`${name}.${String(number).padStart(3, '0')}`, sampleRename(number, { name })])
    const { report } = await send(name, await zip({ [`${name}.000`]: base(name), ...Object.fromEntries(files) }))
    assert.match(report.warnings.join(), /^updates 1, 3, 6 to 998 are missing: the base file of XX5GAPS1 is edition 1/)
  })

  test('a base file with the name of an update is told from an update', async () => {
    const alone = await send('XX5NAME1', await zip({ 'XX5NAME1.001': base('XX5NAME1') }))
    assert.deepEqual(alone.report.errors, [
      'XX5NAME1.001 is a base file (EXPP is 1) with the name of an update: name it XX5NAME1.000',
    ])
    const name = 'XX5NAME2'
    const beside = await send(name, await zip({ [`${name}.000`]: base(name), [`${name}.001`]: base(name) }))
    assert.deepEqual(beside.report.warnings, [`${name}.001 was ignored: it is no update (UPDN is 0)`])
  })

  test('a coverage that lies elsewhere than all objects is told, because nothing is drawn', async () => {
    const name = 'XX5ELSE1'
    const [, ...objects] = sampleFeatures()
    const elsewhere = sampleFeatures([10, 10, 11, 11]).slice(0, 1)
    const { report } = await send(
      name,
      await zip({ [`${name}.000`]: sampleCell({ name, features: [...elsewhere, ...objects] }) }),
    )
    assert.deepEqual(report.warnings, ['none of its objects lies in its coverage areas (M_COVR), so none is drawn'])
  })

  test('a compilation scale that no chart has counts as unknown', async () => {
    const name = 'XX5SCAL1'
    const { report } = await send(name, await zip({ [`${name}.000`]: sampleCell({ name, compilationScale: 0xffff_ffff }) }))
    assert.equal(report.status, 'indexed', report.errors.join())
  })
})
