import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { writeCatalogueFile } from '#s57/writer/write-catalogue-file.ts'
import { sampleCell, sampleUpdate, zipOf } from '#test/cells.ts'
import { sharedStreamZip } from '#test/shared-stream-zip.ts'
import { createUploadBench, type ShownUpload } from '#test/upload-bench.ts'
import {
  commented,
  linked,
  locked,
  overlapping,
  packedBy,
  prefixed,
  rewritten,
  withoutUnicodeFlag,
  zipOfMany,
} from '#test/zip-tricks.ts'

// Broken, hostile or odd zips through the real server, and what the user reads about each.

const bench = await createUploadBench()
after(() => bench[Symbol.asyncDispose]())

const cellOf = (name: string) => sampleCell({ name })
const one = await zipOf([{ path: 'AAAA/XX5AAAA1.000', content: cellOf('XX5AAAA1') }])

/** Sends all zips at once, which must all be accepted, and waits for their jobs. */
async function uploadAll(zips: Record<string, Uint8Array>): Promise<Record<string, ShownUpload>> {
  const done = Object.entries(zips).map(async ([name, zip]) => [name, await bench.upload(`${name}.zip`, zip)] as const)
  return Object.fromEntries(await Promise.all(done))
}

/** The start of a self-extracting archive, which has the marks of a zip in it. */
const PROGRAM = Buffer.concat([
  Buffer.from('MZ'),
  Buffer.alloc(5_000, 0x90),
  Buffer.from('PK\x01\x02PK\x05\x06PK\x03\x04', 'latin1'),
])

const textOf = (upload: ShownUpload) => upload.logs.map((line) => `${line.type}: ${line.message}`).join('\n')

test('a hostile or useless zip fails with a reason, and no cell of it is visible', async () => {
  const twice = await zipOf([
    { path: 'AAAA/XX5AAAA1.000', content: cellOf('XX5AAAA1') },
    { path: 'BBBB/XX5AAAA1.000', content: cellOf('XX5AAAA2') },
  ])
  const catalogues = await zipOf(
    ['A', 'B', 'C'].map((folder) => ({ path: `${folder}/CATALOG.031`, content: Buffer.alloc(900_000) })),
  )
  const permits = await zipOf(['A', 'B'].map((folder) => ({ path: `${folder}/PERMIT.TXT`, content: Buffer.alloc(900_000) })))
  const longNames = await zipOf([{ path: `${'long/'.repeat(13_000)}.TXT`, content: 'x' }])
  const comments = sharedStreamZip(
    [cellOf('XX5AAAA1')],
    Array.from({ length: 300 }, (_, n) => ({ name: `${n}.000`, stream: 0, comment: 'c'.repeat(60_000) })),
  )
  const cases: Record<string, [zip: Uint8Array, message: RegExp]> = {
    traversal: [rewritten(one, 'AAAA/XX', '../x/XX'), /entry "\.\.\/x\/XX5AAAA1\.000": its path leads outside the zip/],
    absolute: [rewritten(one, 'AAAA/XX', '/etc/XX'), /entry "\/etc\/XX5AAAA1\.000": its path leads outside the zip/],
    drive: [rewritten(one, 'AAAA/XX', 'C:\\x/XX'), /its path leads outside the zip/],
    backslashes: [rewritten(one, 'AAAA/XX', '..\\x\\XX'), /its path leads outside the zip/],
    link: [linked(one), /XX5AAAA1\.000: it is a symbolic link; links are not accepted/],
    locked: [locked(one), /it is encrypted; only plain zips are accepted/],
    twice: [rewritten(twice, 'BBBB/', 'AAAA/'), /XX5AAAA1\.000: it occurs twice in the zip, with different contents/],
    twicecase: [rewritten(twice, 'BBBB/', 'aaaa/'), /it occurs twice in the zip/],
    catalogues: [overlapping(catalogues), /entry "B\/CATALOG\.031": it overlaps "A\/CATALOG\.031"; it may be a zip bomb/],
    permits: [overlapping(permits), /it overlaps "A\/PERMIT\.TXT"; it may be a zip bomb/],
    names: [longNames, /names\.zip, entry "(?:long\/)+\.\.\.": its name has 65004 bytes; at most 1000 are accepted/],
    comments: [comments, /its list of contents is larger than 16 MB/],
    many: [zipOfMany(100_000), /many\.zip: it has 100000 entries; at most 65534 are accepted/],
    nested: [await zipOf([{ path: 'inner.zip', content: one }]), /contains no charts, only other zips such as "inner\.zip"/],
    useless: [
      await zipOf([{ path: 'readme.md', content: 'x' }]),
      /contains no charts: none of its 1 file, such as "readme\.md", is usable/,
    ],
    empty: [await zipOf([]), /empty\.zip is empty; expected are cell files/],
    bomb: [
      await zipOf([{ path: 'XX5AAAA1.000', content: Buffer.alloc(20_000_000) }]),
      /more than 100-fold when unpacked; it may be a zip bomb/,
    ],
    cut: [one.subarray(0, one.length - 40), /it is not a zip, or it is truncated/],
    half: [one.subarray(0, one.length / 2), /it is not a zip, or it is truncated/],
    program: [PROGRAM, /program\.zip: it is not a zip, or it is truncated/],
    cutProgram: [
      prefixed(one, PROGRAM, { isCounted: false }).subarray(0, -30),
      /cutProgram\.zip: it is not a zip, or it is truncated/,
    ],
    damaged: [
      rewritten(await zipOf([{ path: 'XX5AAAA1.000', content: cellOf('XX5AAAA1') }]), 'PK\x01\x02', 'PK\x01\x03'),
      /damaged/,
    ],
  }
  const uploads = await uploadAll(Object.fromEntries(Object.entries(cases).map(([name, [zip]]) => [name, zip])))
  for (const [name, [, message]] of Object.entries(cases)) {
    const upload = uploads[name]!
    assert.equal(upload.status, 'failed', `${name}: ${textOf(upload)}`)
    assert.match(textOf(upload), message, name)
  }
  assert.deepEqual(await bench.visible(), [])
})

test('an odd zip becomes charts, with a warning for each ignored file', async () => {
  const inside = (name: string, rest: Parameters<typeof zipOf>[0] = []) =>
    zipOf([{ path: `AAAA/${name}.000`, content: cellOf(name) }, ...rest])
  const uploads = await uploadAll({
    latin: rewritten(withoutUnicodeFlag(await inside('XX5ODDS1')), 'AAAA/', 'caf\xe9/'),
    wrong: rewritten(await inside('XX5ODDS2'), 'AAAA/', '\xff\xfe\x80A/'),
    nul: rewritten(await inside('XX5ODDS3'), 'AAAA/', 'A\x00\x07A/'),
    nested: await inside('XX5ODDS4', [
      { path: 'more/inner.zip', content: one },
      { path: 'more/my survey.000', content: cellOf('XX5AAAA1') },
    ]),
    texts: rewritten(await inside('XX5ODDS5', [{ path: 'T\x01\x00\xe9.TXT', content: 'x' }]), 'T\x01\x00', 'T\x00\x00'),
    'ünïcode ‮txt.': await inside('XX5ODDS6'),
    mac: await inside('XX5ODDS7', [
      { path: '__MACOSX/AAAA/XX5ODDS7.000', content: Buffer.alloc(200, 1) },
      { path: '__macosx/BBBB/XX5ODDS7.000', content: Buffer.alloc(200, 1) },
      { path: 'AAAA/._NOTE.TXT', content: Buffer.alloc(200, 1) },
      { path: '.DS_Store', content: Buffer.alloc(200, 1) },
      ...['.AppleDouble', '.Trashes/501', '@eaDir', '$RECYCLE.BIN/S-1-5', 'Resource.frk'].map((system) => ({
        path: `AAAA/${system}/XX5ODDS7.000`,
        content: Buffer.alloc(200, 1),
      })),
    ]),
    same: rewritten(await inside('XX5ODDS8', [{ path: 'BBBB/XX5ODDS8.000', content: cellOf('XX5ODDS8') }]), 'BBBB/', 'aaaa/'),
    comment: commented(await inside('XX5ODDS9'), Buffer.from('packed by me PK\x05\x06 with a mark that ends nothing')),
    record: commented(await inside('XX5ODDSB'), Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])),
    locator: commented(
      await inside('XX5ODDSC'),
      Buffer.concat([
        Buffer.from('PK\x06\x07', 'latin1'),
        Buffer.alloc(16),
        Buffer.from('PK\x05\x06', 'latin1'),
        Buffer.alloc(18),
      ]),
    ),
    program: prefixed(await inside('XX5ODDSE'), PROGRAM, { isCounted: false }),
    counted: prefixed(await inside('XX5ODDSF'), PROGRAM, { isCounted: true }),
    script: prefixed(await inside('XX5ODDSG'), Buffer.from('#!/bin/sh\nexec unzip "$0"\n'), { isCounted: false }),
    part: prefixed(await inside('XX5ODDSH'), Buffer.from('PK00'), { isCounted: true }),
    padded: Buffer.concat([await inside('XX5ODDSD'), Buffer.alloc(500)]),
    catalogues: await inside('XX5ODDSA', [
      ...Array.from({ length: 40 }, (_, i) => ({ path: `${i}/CATALOG.031`, content: Buffer.alloc(1_000_000) })),
    ]),
  })
  for (const upload of Object.values(uploads)) assert.equal(upload.status, 'succeeded', `${upload.filename}: ${textOf(upload)}`)
  assert.doesNotMatch(textOf(uploads['mac']!), /warning/)
  assert.match(textOf(uploads['nested']!), /warning: "more\/inner\.zip" is a zip within the zip and was ignored/)
  assert.match(textOf(uploads['nested']!), /warning: "more\/my survey\.000" was ignored: the name of a cell has 1 to 60 letters/)
  assert.match(textOf(uploads['same']!), /warning: "aaaa\/XX5ODDS8\.000" occurs twice in the zip with the same content/)
  for (const name of ['program', 'script'])
    assert.match(
      textOf(uploads[name]!),
      /warning: \d+ bytes before the zip itself, such as a program that unpacks it, were ignored/,
    )
  assert.match(
    textOf(uploads['catalogues']!),
    /"33\/CATALOG\.031" was ignored: such files of an upload may have 33\.6 MB together/,
  )
  assert.deepEqual(
    await bench.visible(),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((n) => `XX5ODDS${n} 1.0`),
  )
})

test('files that cannot be unpacked are passed over, or fail their chart alone and by name', async () => {
  const good = (name: string) => ({ path: `AAAA/${name}.000`, content: cellOf(name) })
  const first = { path: 'AAAA/README.LNK', content: '/etc/passwd' }
  const beside = async (name: string, ...rest: Parameters<typeof zipOf>[0]) => await zipOf([first, good(name), ...rest])
  const chart = (name: string) => zipOf([good(`${name}1`), good(`${name}2`)])
  const uploads = await uploadAll({
    link: linked(await beside('XX5SOLO1')),
    locked: locked(await beside('XX5SOLO2')),
    deflate64: packedBy(await beside('XX5SOLO3'), 9),
    blank: await beside('XX5SOLO4', { path: 'AAAA/BLANK.TIF', content: Buffer.alloc(20_000_000) }),
    linkedChart: linked(await chart('XX5PAIR')),
    lockedChart: locked(await chart('XX5PAIS')),
    deflate64Chart: packedBy(await chart('XX5PAIT'), 9),
    update: linked(await zipOf([{ path: 'A/XX5PAIU1.001', content: 'XX5PAIU1.000' }, good('XX5PAIU1')])),
    nothing: packedBy(await zipOf([{ path: 'PERMIT.TXT', content: 'x' }]), 14),
  })
  const says = (name: string, message: RegExp) => assert.match(textOf(uploads[name]!), message, name)
  for (const name of ['link', 'locked', 'deflate64', 'blank', 'update']) assert.equal(uploads[name]?.status, 'succeeded', name)
  says('link', /warning: "AAAA\/README\.LNK" was passed over: it is a symbolic link/)
  says('locked', /warning: "AAAA\/README\.LNK" was passed over: it is encrypted/)
  says('deflate64', /warning: "AAAA\/README\.LNK" was passed over: its compression method 9 \(Deflate64\) is not supported/)
  says('blank', /warning: "AAAA\/BLANK\.TIF" was passed over: it would grow more than 100-fold/)
  says('linkedChart', /XX5PAIR1\.000: it is a symbolic link/)
  says('lockedChart', /XX5PAIS1\.000: it is encrypted/)
  says('deflate64Chart', /XX5PAIT1\.000: its compression method 9 \(Deflate64\) is not supported/)
  says('update', /XX5PAIU1\.001: it is a symbolic link; .*; the cell is shown as of edition 1, update 0/)
  says('nothing', /"PERMIT\.TXT" cannot be read, because its compression method 14 \(LZMA\) is not supported/)
  const visible = await bench.visible()
  for (const name of ['SOLO1', 'SOLO2', 'SOLO3', 'SOLO4', 'PAIR2', 'PAIS2', 'PAIT2', 'PAIU1']) {
    assert.ok(visible.includes(`XX5${name} 1.0`), name)
  }
})

test('a file that does not match CATALOG.031 fails its cell, while a missing file or a broken list is a warning', async () => {
  const names = ['XX5CRCS1', 'XX5CRCS2'] as const
  const listed = names.map((name) => ({ path: `${name}.000`, bytes: cellOf(name), longName: `Chart ${name}`, box: null }))
  const absent = { path: 'XX5GONE1.000', bytes: cellOf('XX5GONE1'), longName: '', box: null }
  const catalogue = Buffer.from(writeCatalogueFile([...listed, absent]))
  const damaged = Buffer.from(cellOf(names[0]))
  damaged[damaged.length - 2] = damaged[damaged.length - 2]! ^ 1
  const uploads = await uploadAll({
    crc: await zipOf([
      { path: 'ENC_ROOT/CATALOG.031', content: catalogue },
      { path: `ENC_ROOT/${names[0]}.000`, content: damaged },
      { path: `ENC_ROOT/${names[1]}.000`, content: cellOf(names[1]) },
    ]),
    broken: await zipOf([
      { path: 'CATALOG.031', content: catalogue.subarray(0, 90) },
      { path: 'XX5CRCS3.000', content: cellOf('XX5CRCS3') },
      { path: 'XX5CRCS3.001', content: sampleUpdate({ name: 'XX5CRCS3' }) },
    ]),
  })
  const crc = uploads['crc']!
  assert.equal(crc.status, 'failed')
  assert.match(textOf(crc), /warning: CATALOG\.031 lists chart files that are missing: "ENC_ROOT\/XX5GONE1\.000"/)
  const reports = await bench.reports(crc.id)
  assert.match(
    reports[names[0]]?.errors.join() ?? '',
    /^XX5CRCS1\.000 does not match CATALOG\.031: its CRC-32 is [0-9A-F]{8}, but [0-9A-F]{8} is listed$/,
  )
  assert.deepEqual([reports[names[1]]?.status, reports[names[1]]?.title], ['indexed', 'Chart XX5CRCS2'])
  const broken = uploads['broken']!
  assert.equal(broken.status, 'succeeded', textOf(broken))
  assert.match(textOf(broken), /warning: .*CATALOG\.031.*the upload is processed without it/)
  const { body } = await bench.call<{ cells: { name: string; title: string | null }[] }>('GET', '/portal/v1/charts/cells')
  assert.equal(body.cells.find((cell) => cell.name === names[1])?.title, 'Chart XX5CRCS2')
  const visible = await bench.visible()
  assert.ok(visible.includes('XX5CRCS2 1.0') && visible.includes('XX5CRCS3 1.1') && !visible.includes('XX5CRCS1 1.0'))
})
