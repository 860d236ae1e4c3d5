import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import type { SignatureRules } from '#charts/reading/cell-opening.ts'
import { createSigner } from '#s100/writer/data-server.ts'
import { type DatasetFile, type ExchangeSetSpec, writeExchangeSet } from '#s100/writer/write-exchange-set.ts'
import { writeDataset, writeDatasetUpdate } from '#s101/writer/write-dataset.ts'
import { boxRing, sampleCell, sampleUpdate, zipOf } from '#test/cells.ts'
import { createUploadBench, type UploadBench } from '#test/upload-bench.ts'
import { AGENCY, attribute, complex } from '../s101/twin-cells.ts'

const administrator = createSigner({ id: 'IHO' })
const server = createSigner({ id: 'urn:mrn:iho:XX:1', by: administrator })
const authorities = [{ name: 'IHO.CRT', bytes: administrator.certificate }]
const rules: SignatureRules = { policy: 'require', authorities }
const bench = await createUploadBench({ tiles: true, signatureRules: rules })
after(() => bench[Symbol.asyncDispose]())

const box = [-30.1, 40, -30, 40.1] as const
const place = [-30.05, 40.05]

function datasetBytes(name: string) {
  const area = { type: 'Polygon' as const, coordinates: [boxRing(box)] }
  return writeDataset({
    name,
    features: [
      { type: 'DataCoverage', attributes: [attribute('optimumDisplayScale', 12000)], geometry: area },
      { type: 'DepthArea', attributes: [attribute('depthRangeMinimumValue', 5)], geometry: area },
      {
        ...{ type: 'LateralBuoy', agency: AGENCY, featureId: 7 },
        attributes: [complex('information', attribute('fileReference', '101XX00TEXT.TXT'))],
        geometry: { type: 'Point', coordinates: place },
      },
    ],
  })
}

const dataset = (name: string, more: Partial<DatasetFile> = {}): DatasetFile => ({
  ...{ path: `S-101/DATASET_FILES/${name}.000`, content: datasetBytes(name) },
  ...more,
})
const supportFile = { path: 'S-101/SUPPORT_FILES/101XX00TEXT.TXT', content: Buffer.from('Lifted in winter') }
const setOf = (datasets: DatasetFile[], more: Partial<ExchangeSetSpec> = {}): ExchangeSetSpec => ({
  ...{ name: 'TEST', signer: server, datasets, supportFiles: [supportFile] },
  ...more,
})

const zipOfFiles = (files: ReadonlyMap<string, Uint8Array>) =>
  zipOf([...files].map(([path, content]) => ({ path: `S100_ROOT/${path}`, content })))

async function upload(spec: ExchangeSetSpec, policy: SignatureRules['policy'], known = authorities) {
  Object.assign(rules, { policy, authorities: known })
  const sent = await bench.upload('set.zip', await zipOfFiles(writeExchangeSet(spec)))
  const log = sent.logs.map(({ message }) => message).join('\n')
  return { ...sent, log, cells: await bench.reports(sent.id) }
}

describe('an S-100 exchange set', () => {
  test('gives its charts their title and date of issue, and support files, when everything is signed', async () => {
    const name = '101XX00GOODSET'
    const sent = await upload(setOf([dataset(name, { description: 'Harbour of X', issueDate: '2026-02-03' })]), 'require')
    assert.equal(sent.status, 'succeeded', sent.log)
    const { status, title, issueDate, warnings } = sent.cells[name]!
    assert.deepEqual([status, title, issueDate, warnings], ['indexed', 'Harbour of X', '2026-02-03', []])
    assert.match(sent.log, /"S100_ROOT\/CATALOG\.XML" lists 1 dataset and 1 support file/)
    const text = await bench.call<string>('GET', `/portal/v1/charts/cells/${name}/files/101XX00TEXT.TXT`)
    assert.equal(text.body, 'Lifted in winter')
  })

  test('may have compressed datasets, whose content is signed', async () => {
    const name = '101XX00ZIPPED'
    const plain = datasetBytes(name)
    const packed = await zipOf([{ path: `${name}.000`, content: plain }])
    assert.ok(packed.length < plain.length + deflateRawSync(plain).length)
    const sent = await upload(setOf([dataset(name, { content: packed, signedContent: plain, compressed: true })]), 'require')
    assert.equal(sent.cells[name]?.status, 'indexed', sent.log)
  })

  test('fails a dataset with a wrong signature when signatures are required, and warns of it otherwise', async () => {
    const [good, bad] = ['101XX00RIGHT', '101XX00WRONG'] as const
    const spec = setOf([dataset(good), dataset(bad, { signedContent: Buffer.from('something else') })])
    const refused = await upload(spec, 'require')
    assert.deepEqual([refused.cells[good]?.status, refused.cells[bad]?.status], ['indexed', 'failed'])
    const message = `${bad}.000 does not match its signature: the file was changed or damaged`
    assert.deepEqual(refused.cells[bad]?.errors, [`${message}; signatures are required (S100_SIGNATURES)`])
    const warned = await upload(spec, 'warn')
    assert.deepEqual([warned.status, warned.cells[bad]?.status], ['succeeded', 'indexed'])
    assert.ok(warned.cells[bad]?.warnings.includes(message), JSON.stringify(warned.cells[bad]?.warnings))
    assert.deepEqual((await upload(spec, 'off')).cells[bad]?.warnings, [])
  })

  test('is refused without a scheme administrator when signatures are required, and read with warnings otherwise', async () => {
    const name = '101XX00ANCHOR'
    const refused = await upload(setOf([dataset(name)]), 'require', [])
    assert.equal(refused.status, 'failed')
    assert.match(refused.log, /CATALOG\.XML cannot be verified: no scheme administrator is configured \(S100_AUTHORITY_FILE\)/)
    const warned = await upload(setOf([dataset(name)]), 'warn', [])
    assert.equal(warned.status, 'succeeded')
    assert.match(warned.cells[name]!.warnings.join(), /101XX00ANCHOR\.000 cannot be verified: no scheme administrator/)
  })

  test('names the files that its catalogue lists and it does not contain', async () => {
    const absent = dataset('101XX00ABSENT', { absent: true })
    const sent = await upload(setOf([dataset('101XX00THERE'), absent]), 'require')
    assert.equal(sent.status, 'succeeded', sent.log)
    assert.match(sent.log, /lists files that are missing: "S-101\/DATASET_FILES\/101XX00ABSENT\.000"/)
    assert.deepEqual(Object.keys(sent.cells), ['101XX00THERE'])
  })

  test('passes over other products with one line, also those whose files are named like charts', async () => {
    const other = { path: 'S-127/DATASET_FILES/127XX00A.000', content: Buffer.from('traffic'), product: 'S-127' }
    const depths = { path: 'S-102/DATASET_FILES/102XX00A.h5', content: Buffer.from('depths'), product: 'INT.IHO.S-102.3.0' }
    const sent = await upload(setOf([dataset('101XX00ONLY'), other, depths]), 'require')
    assert.equal(sent.status, 'succeeded', sent.log)
    assert.match(sent.log, /Passed over 1 dataset of S-102, 1 dataset of S-127: Chartroom reads S-57 and S-101/)
    assert.deepEqual(Object.keys(sent.cells), ['101XX00ONLY'])
  })

  test('says that an encrypted dataset cannot be decrypted', async () => {
    const name = '101XX00LOCKED'
    const sent = await upload(setOf([dataset(name, { content: Buffer.alloc(4_096, 0x5a), encrypted: true })]), 'require')
    assert.equal(sent.status, 'failed')
    assert.match(sent.cells[name]!.errors.join(), /is encrypted \(S-100 part 15\), which Chartroom cannot decrypt/)
  })

  test('with a broken catalogue is read without it, or refused when signatures are required', async () => {
    const files = writeExchangeSet(setOf([dataset('101XX00BROKEN')]))
    files.set('CATALOG.XML', Buffer.from(`<S100_ExchangeCatalogue>${'<a>'.repeat(100)}`))
    const content = await zipOfFiles(files)
    Object.assign(rules, { policy: 'warn', authorities })
    const read = await bench.upload('set.zip', content)
    assert.equal(read.status, 'succeeded')
    assert.match(JSON.stringify(read.logs), /nested more than 40 deep \(line 1\); the upload is processed without it/)
    Object.assign(rules, { policy: 'require' })
    assert.equal((await bench.upload('set.zip', content)).status, 'failed')
  })

  test('has no unlisted file: datasets beside the listed ones and charts without a set have no signature', async () => {
    const [listed, stranger] = ['101XX00LISTED', '101XX00STRANGER'] as const
    const files = writeExchangeSet(setOf([dataset(listed)]))
    files.set(`S-101/DATASET_FILES/${stranger}.000`, datasetBytes(stranger))
    Object.assign(rules, { policy: 'require', authorities })
    const sent = await bench.upload('set.zip', await zipOfFiles(files))
    const reports = await bench.reports(sent.id)
    assert.deepEqual([reports[listed]?.status, reports[stranger]?.status], ['indexed', 'failed'])
    assert.match(reports[stranger]!.errors.join(), /has no signature, so its origin cannot be verified/)
    const alone = await bench.upload(`${stranger}.000`, datasetBytes(stranger))
    assert.match((await bench.reports(alone.id))[stranger]!.errors.join(), /did not come in an exchange set/)
  })

  test('beside S100_ROOT is an old copy, which is passed over', async () => {
    const name = '101XX00COPY'
    const files = writeExchangeSet(setOf([dataset(name)]))
    const old = writeExchangeSet(setOf([dataset('101XX00OLD')]))
    Object.assign(rules, { policy: 'require', authorities })
    const content = await zipOf([
      ...[...files].map(([path, bytes]) => ({ path: `S100_ROOT/${path}`, content: bytes })),
      ...[...old].map(([path, bytes]) => ({ path, content: bytes })),
    ])
    const sent = await bench.upload('set.zip', content)
    assert.equal(sent.status, 'succeeded', JSON.stringify(sent.logs))
    assert.deepEqual(Object.keys(await bench.reports(sent.id)), [name])
  })
})

for (const prefer of ['s101', 's57'] as const) {
  describe(`a chart in both standards, where PREFER_STANDARD is ${prefer}`, () => {
    let twins: UploadBench
    before(async () => {
      twins = await createUploadBench({ tiles: true, signatureRules: { policy: 'warn', authorities }, preferStandard: prefer })
    })
    after(() => twins[Symbol.asyncDispose]())

    async function drawn(token: string): Promise<string[]> {
      const answer = await fetch(`${twins.origin}/api/v1/enc_query`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ position: { latitude: place[1], longitude: place[0] }, radius: 50, zoom: 15 }),
      })
      const { results } = (await answer.json()) as { results: { parentCellName: string }[] }
      return [...new Set(results.map(({ parentCellName }) => parentCellName))]
    }

    for (const order of [
      ['s57', 's101'],
      ['s101', 's57'],
    ] as const) {
      test(`it is drawn in ${prefer} when ${order[0]} comes first, and after updates of both`, async () => {
        const token = await twins.addUser(`twins ${order[0]}`)
        const s57 = `XX5TWN${order[0].slice(1)}`.padEnd(8, 'X').slice(0, 8)
        const s101 = `10100AA_TWIN${order[0]}`.toUpperCase()
        const names = { s57, s101 }
        const [preferred, other] = prefer === 's101' ? [s101, s57] : [s57, s101]
        const ids = new Map<string, number>()
        const send = async (standard: 's57' | 's101') => {
          const sent =
            standard === 's57'
              ? await twins.upload(`${s57}.000`, sampleCell({ name: s57 }), { token })
              : await twins.upload(
                  'set.zip',
                  await zipOfFiles(writeExchangeSet(setOf([dataset(s101, { description: `;${s57};` })]))),
                  { token },
                )
          assert.equal(sent.status, 'succeeded', JSON.stringify(sent.logs))
          ids.set(names[standard], sent.id)
          await twins.untilDrawn(names[standard])
        }
        const displacedBy = async (name: string) => (await twins.reports(ids.get(name) ?? 0, { token }))[name]?.displacedBy
        await send(order[0])
        assert.deepEqual(await drawn(token), [names[order[0]]])
        assert.equal(await displacedBy(names[order[0]]), null)
        await send(order[1])
        assert.deepEqual(await drawn(token), [preferred])
        assert.deepEqual([await displacedBy(other), await displacedBy(preferred)], [preferred, null])
        await twins.upload(`${s57}.001`, sampleUpdate({ name: s57 }), { token })
        await twins.untilDrawn(s57)
        assert.deepEqual(await drawn(token), [preferred])
        await twins.upload(`${s101}.001`, writeDatasetUpdate({ name: s101, updateNumber: 1 }), { token })
        await twins.untilDrawn(s101)
        assert.deepEqual(await drawn(token), [preferred])
        await twins.remove(ids.get(preferred) ?? 0, { token })
        assert.deepEqual(
          (await twins.visible({ token })).map((cell) => cell.split(' ')[0]),
          [other],
        )
        assert.equal(await displacedBy(other), null)
      })
    }
  })
}
