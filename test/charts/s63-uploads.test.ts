import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { SignaturePolicy } from '#charts/reading/cell-opening.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { encryptedSet, type PlainCell } from '#demo/encrypted-set.ts'
import { readCell } from '#s57/read-cell.ts'
import { createPermitCipher } from '#s63/cell-permit.ts'
import { parsePermitFile } from '#s63/permit-file.ts'
import { createDsaSigner } from '#s63/writer/dsa-signer.ts'
import { encryptFile } from '#s63/writer/encrypt-file.ts'
import { writePermitFile } from '#s63/writer/write-permit-file.ts'
import { sampleCell, sampleUpdate, zipOf } from '#test/cells.ts'
import { compiledFeatures } from '#test/compiled-features.ts'
import { jobReaches } from '#test/jobs.ts'
import { createUploadBench } from '#test/upload-bench.ts'
import { inventedCell } from '../s57/invented-cells.ts'

const identity = { manufacturerId: '10', manufacturerKey: '10121', hardwareId: '12345' }
const box = [-30.1, 40, -30, 40.1] as const
const authority = createDsaSigner()
const setOf = (cells: readonly PlainCell[], seed = 'one') =>
  encryptedSet(cells, { hardwareId: identity.hardwareId, seed, authority })
const plainCell = (name: string, expires?: string): PlainCell => ({
  name,
  box,
  files: [{ name: `${name}.000`, bytes: sampleCell({ name }) }],
  ...(expires === undefined ? {} : { expires }),
})
const zipOfSet = (files: ReadonlyMap<string, Uint8Array>) => zipOf([...files].map(([path, content]) => ({ path, content })))

let policy: SignaturePolicy = 'off'
/** When true, the server has no cell keys, as after a start with another identity. */
let keysAreGone = false
const bench = await createUploadBench({
  identity,
  authorities: [{ name: 'IHO.CRT', bytes: setOf([]).authority.certificate }],
  wrapS63: (s63) => ({
    ...s63,
    async opening(...cell) {
      const opening = await s63.opening(...cell)
      return { ...opening, keys: keysAreGone ? [] : opening.keys, signatures: policy }
    },
  }),
})
after(() => bench[Symbol.asyncDispose]())

const sees = async (name: string, token = bench.admin) =>
  (await bench.visible({ token })).find((cell) => cell.startsWith(name))?.split(' ')[1] ?? null

test('each of two editions in one upload is checked by its own signature', async () => {
  const name = 'XX5SIGN2'
  const [older, newer] = [1, 2].map((edition) => ({
    ...plainCell(name),
    edition,
    files: [{ name: `${name}.000`, bytes: sampleCell({ name, edition }) }],
  }))
  const set = setOf([newer!, older!])
  policy = 'require'
  try {
    const files = [...set.files].filter(([path]) => !path.endsWith('CATALOG.031'))
    const upload = await bench.upload('set.zip', await zipOfSet(new Map([...files, ['PERMIT.TXT', set.permits]])))
    assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
    const warnings = (await bench.reports(upload.id))[name]?.warnings
    assert.deepEqual(warnings, ['edition 1 of the base file was ignored: the upload also contains edition 2'])
    assert.equal(await sees(name), '2.0')
  } finally {
    policy = 'off'
  }
})

describe('S-63 permits', () => {
  test('a cell waits for its permit, becomes a chart with it, and counts as expired after its last day', async () => {
    const name = 'XX5WAIT1'
    const { body } = await bench.call<{ permitId: string }>('GET', '/portal/v1/charts/getPermit')
    assert.equal(body.permitId, '66B5CBFDF7E4139D5B6086C23130')
    const set = setOf([plainCell(name, '2020-12-31')])
    const cells = await bench.upload('set.zip', await zipOfSet(set.files))
    assert.equal(cells.status, 'succeeded', JSON.stringify(cells.logs))
    assert.ok(cells.logs.some((line) => line.message === `${name} is encrypted and waits for a permit`))
    const waiting = (await bench.reports(cells.id))[name]
    assert.deepEqual([waiting?.status, waiting?.encrypted], ['waiting', true])
    assert.match(waiting?.decryptResult ?? '', /^XX5WAIT1\.000 is encrypted and there is no permit for its cell/)
    assert.equal(await sees(name), null)

    const permits = await bench.upload('PERMIT.TXT', set.permits)
    assert.equal(permits.status, 'succeeded', JSON.stringify(permits.logs))
    assert.equal(await sees(name), '1.0')
    const report = (await bench.reports(cells.id))[name]
    assert.equal(report?.decryptResult, 'decrypted with cell key 1')
    assert.equal(report?.permitExpires, '2020-12-31')
    assert.equal(report?.featureCount, 9)
    assert.ok(report?.warnings.includes('its permit expired on 2020-12-31: the chart stays usable but gets no updates'))
    assert.equal((await bench.ended(cells.id)).expiredCharts, 1)

    const renewed = await bench.upload('renewed.prm', setOf([plainCell(name, '2099-06-30')]).permits)
    assert.equal(renewed.status, 'succeeded')
    assert.equal((await bench.ended(cells.id)).expiredCharts, 0)
    assert.equal((await bench.reports(cells.id))[name]?.permitExpires, '2099-06-30')
  })

  test('permits work before the cells, in the same zip, and for a later update', async () => {
    const [first, second] = ['XX5FRST1', 'XX5FRST2'] as const
    const set = setOf([plainCell(first)])
    assert.equal((await bench.upload('PERMIT.TXT', set.permits)).status, 'succeeded')
    assert.equal((await bench.upload('set.zip', await zipOfSet(set.files))).status, 'succeeded')
    assert.equal(await sees(first), '1.0')
    const update = { name: `${first}.001`, bytes: sampleUpdate({ name: first }) }
    const later = setOf([{ ...plainCell(first), files: [update] }])
    const alone = [...later.files].find(([path]) => path.endsWith('XX5FRST1.001'))![1]
    assert.equal((await bench.upload(update.name, alone)).status, 'succeeded')
    assert.equal(await sees(first), '1.1')
    const both = setOf([plainCell(second)])
    const upload = await bench.upload('both.zip', await zipOfSet(new Map([...both.files, ['PERMIT.TXT', both.permits]])))
    assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
    assert.equal(await sees(second), '1.0')
    assert.equal(await sees(second, await bench.addUser('permits of others')), null)
  })

  test('a wrong permit fails the cell until the right one arrives, and a permit for another installation is refused', async () => {
    const name = 'XX5KEYS1'
    const set = setOf([plainCell(name)])
    await bench.upload('wrong.prm', setOf([plainCell(name)], 'other keys').permits)
    const upload = await bench.upload('set.zip', await zipOfSet(set.files))
    assert.equal(upload.status, 'failed')
    assert.match(
      (await bench.reports(upload.id))[name]?.errors[0] ?? '',
      /^XX5KEYS1\.000 cannot be decrypted with the 2 keys of its permits/,
    )
    const keys = [Buffer.alloc(5, 1), Buffer.alloc(5, 2)] as const
    const foreign = await bench.upload(
      'PERMIT.TXT',
      writePermitFile('54321', { enc: [{ cell: name, expires: '2099-12-31', keys }] }),
    )
    assert.equal(foreign.status, 'failed')
    assert.match(foreign.logs.at(-1)?.message ?? '', /no permit is usable: PERMIT\.TXT, line 4: the permit of XX5KEYS1/)
    assert.equal((await bench.upload('right.prm', set.permits)).status, 'succeeded')
    assert.equal(await sees(name), '1.0')
  })

  test('charts beside permits of which none is usable are read: a plain one, and one that waits for its permit', async () => {
    const [plain, waiting] = ['XX5KEYS2', 'XX5KEYS3']
    const set = setOf([plainCell(waiting)])
    const files = new Map(set.files).set('PERMIT.TXT', Buffer.from(':ENC\r\nnonsense\r\n'))
    const upload = await bench.upload(
      'set.zip',
      await zipOfSet(files.set(`${plain}.000`, Buffer.from(sampleCell({ name: plain })))),
    )
    assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
    assert.match(
      upload.logs.map(({ message }) => message).join('\n'),
      /PERMIT\.TXT, line 2: .*\nNo permit of this upload is usable/,
    )
    assert.deepEqual([await sees(plain), (await bench.reports(upload.id))[waiting]?.status], ['1.0', 'waiting'])
    await bench.upload('PERMIT.TXT', set.permits)
    assert.equal(await sees(waiting), '1.0')
  })

  test('the database stores cell keys encrypted', async () => {
    const rows = await bench.database.db.selectFrom('cell_permit').selectAll().where('cell_name', '=', 'XX5KEYS1').execute()
    const { permits } = parsePermitFile(setOf([plainCell('XX5KEYS1')]).permits, createPermitCipher(identity.hardwareId))
    assert.deepEqual([rows.length, permits.length], [2, 1])
    for (const key of permits[0]!.keys)
      for (const row of rows) {
        const text = JSON.stringify({ ...row, keys_encrypted: row.keys_encrypted.toString('latin1') })
        for (const shown of [key.toString('hex'), key.toString('latin1')]) assert.ok(!text.toLowerCase().includes(shown))
      }
  })
})

test('each signature policy handles a valid, a foreign and a missing signature', async () => {
  const [good, bad, missing] = ['XX5SIGN1', 'XX5SIGN2', 'XX5SIGN3'] as const
  const set = setOf([good, bad, missing].map((name) => plainCell(name)))
  const pathOf = (file: string) => [...set.files.keys()].find((path) => path.endsWith(file))!
  const files = new Map(set.files)
  files.set(pathOf('XXMSIGN2.000'), set.files.get(pathOf('XXMSIGN1.000'))!)
  files.delete(pathOf('XXMSIGN3.000'))
  await bench.upload('PERMIT.TXT', set.permits)
  const zip = await zipOfSet(files)
  const notSigned = /^XX5SIGN2\.000 does not match its signature/
  const noSignature = /^XX5SIGN3\.000 has no signature file \(XXMSIGN3\.000\)/
  for (const [each, status, states] of [
    ['require', 'failed', ['indexed', 'failed', 'failed']],
    ['warn', 'succeeded', ['indexed', 'indexed', 'indexed']],
    ['off', 'succeeded', ['indexed', 'indexed', 'indexed']],
  ] as const) {
    policy = each
    const upload = await bench.upload(`${each}.zip`, zip)
    assert.equal(upload.status, status, `${each}: ${JSON.stringify(upload.logs)}`)
    const reports = await bench.reports(upload.id)
    const [one, two, three] = [reports[good], reports[bad], reports[missing]]
    assert.deepEqual([one?.status, two?.status, three?.status], states, each)
    const said = each === 'require' ? 'errors' : 'warnings'
    assert.deepEqual([one?.errors, one?.warnings], [[], []])
    if (each === 'off') assert.deepEqual([two?.warnings, three?.warnings], [[], []])
    else {
      assert.match(two?.[said][0] ?? '', notSigned, each)
      assert.match(three?.[said][0] ?? '', noSignature, each)
    }
  }
  policy = 'off'
})

test('an encrypted set yields the same features as the plain one, in geometry and attributes', async () => {
  const cells = [1, 2, 3].map((seed) => inventedCell({ name: `XX5TRIP${seed}`, seed, squares: 3, vertices: 6 }))
  const plain = await zipOf(
    cells.flatMap(({ base, updates }) => [base, ...updates]).map(({ name, bytes }) => ({ path: name, content: bytes })),
  )
  const set = setOf(cells.map(({ name, base, updates }) => ({ name, box, files: [base, ...updates] })))
  const files = new Map([...set.files, ['PERMIT.TXT', set.permits]])
  for (const [path, bytes] of set.files) {
    if (/\/XX5TRIP\d\.\d{3}$/.test(path)) assert.ok(!bytes.includes('DSID'), `${path} is not encrypted`)
  }
  const readers = { plain: await bench.addUser('plain'), encrypted: await bench.addUser('encrypted') }
  policy = 'require'
  const uploads = await Promise.all([
    bench.upload('plain.zip', plain, { token: readers.plain }),
    bench.upload('encrypted.zip', await zipOfSet(files), { token: readers.encrypted }),
  ])
  policy = 'off'
  for (const upload of uploads) assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
  const [plainReports, encryptedReports] = [
    await bench.reports(uploads[0].id, { token: readers.plain }),
    await bench.reports(uploads[1].id, { token: readers.encrypted }),
  ]
  for (const { name, base, updates } of cells) {
    const expected = compiledFeatures(openCompiledCell(compileCell(readCell(base, updates)).buffer))
    assert.ok(expected.length > 50 && expected.some((feature) => feature.attributes['objnam'] === 'Renamed'))
    const [fromPlain, fromEncrypted] = [await storedFeatures(name, uploads[0].id), await storedFeatures(name, uploads[1].id)]
    assert.deepEqual(fromPlain, expected)
    assert.deepEqual(fromEncrypted, expected)
    const { encrypted, decryptResult, permitExpires, ...report } = encryptedReports[name]!
    assert.deepEqual([encrypted, decryptResult, permitExpires], [true, 'decrypted with cell key 1', '2099-12-31'])
    const { encrypted: _, decryptResult: __, permitExpires: ___, ...reference } = plainReports[name]!
    assert.deepEqual(report, reference)
  }

  async function storedFeatures(name: string, upload: number) {
    const { compiled_key: key } = await bench.database.db
      .selectFrom('cell')
      .select('compiled_key')
      .where('name', '=', name)
      .where('upload_id', '=', upload)
      .executeTakeFirstOrThrow()
    return compiledFeatures(openCompiledCell(new Uint8Array(await bench.storage.read(key!)).buffer))
  }
})

test('encrypted charts and permits fail with a reason on a server without an S-63 identity', async () => {
  await using without = await createUploadBench()
  const name = 'XX5SAMPL'
  const encrypted = encryptFile({ name: `${name}.000`, bytes: sampleCell() }, Buffer.from('494A804F6A', 'hex'))
  assert.equal((await without.call('GET', '/portal/v1/charts/getPermit')).status, 404)
  for (const [file, content] of [
    ['set.zip', await zipOf([{ path: `${name}.000`, content: encrypted }])],
    ['PERMIT.TXT', Buffer.from(':DATE 20260101 00:00\r\n:VERSION 2\r\n:ENC\r\n')],
  ] as const) {
    const upload = await without.upload(file, content)
    assert.equal(upload.status, 'failed')
    assert.match(upload.logs.map((line) => line.message).join(), /S63_HARDWARE_ID/)
  }
})

test('a recompilation without the cell keys keeps the charts and says why, and succeeds when the keys are back', async () => {
  const name = 'XX5KEEP1'
  const set = setOf([plainCell(name)])
  await bench.upload('PERMIT.TXT', set.permits)
  await bench.upload('set.zip', await zipOfSet(set.files))
  const { db } = bench.database
  const before = await bench.visible()
  await db.updateTable('cell').set({ compiled_version: 0 }).where('name', '=', name).execute()
  const recompile = async () => {
    const { jobId } = await bench.jobs.create({ jobType: 'recompile-cells', accountId: null })
    const job = await jobReaches(bench.jobs, jobId)
    return { job, text: JSON.stringify(job.logs) }
  }
  keysAreGone = true
  const failed = await recompile()
  keysAreGone = false
  assert.deepEqual(failed.job.result, { compiled: 0, failed: 1 })
  assert.match(failed.text, /XX5KEEP1 could not be compiled and keeps its last version: XX5KEEP1\.000 is encrypted/)
  assert.deepEqual(await bench.visible(), before)
  assert.deepEqual((await recompile()).job.result, { compiled: 1, failed: 0 })
  assert.deepEqual(await bench.visible(), before)
})
