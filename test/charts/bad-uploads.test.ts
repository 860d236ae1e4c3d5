import assert from 'node:assert/strict'
import { open } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { after, test } from 'node:test'
import type { BlobStore } from '#storage/blob-store.ts'
import { sampleCell, sampleRename, zipOf } from '#test/cells.ts'
import { createUploadBench } from '#test/upload-bench.ts'

/** When true, every upload is written to a device that is always full. */
let full = false
const bench = await createUploadBench({
  limit: 1_000_000,
  wrapStorage: (storage): BlobStore => ({
    ...storage,
    async put(key, content) {
      if (!full || !key.startsWith('uploads/')) return await storage.put(key, content)
      const device = await open('/dev/full', 'w')
      try {
        for await (const chunk of content instanceof Uint8Array ? [content] : content) await device.writeFile(chunk)
        return 0
      } finally {
        await device.close()
      }
    },
  }),
})
after(() => bench[Symbol.asyncDispose]())
const cell = (name: string) => ({ path: `${name}.000`, content: sampleCell({ name }) })

async function stored(): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of bench.storage.list('uploads/')) keys.push(key)
  return keys.sort()
}

test('an upload whose content contradicts its name is refused while it streams, and nothing is stored', async () => {
  const before = await stored()
  const tooLarge = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(1_200_000)])
  for (const [name, content, code, detail] of [
    [
      'charts.zip',
      Buffer.from('%PDF-1.7 ...'),
      'UPLOAD_TYPE',
      /^charts\.zip cannot be uploaded: it is named as a zip but is a PDF\.$/,
    ],
    ['charts.zip', Buffer.alloc(0), 'UPLOAD_TYPE', /the file is empty/],
    ['charts.exe', Buffer.from('MZ'), 'UPLOAD_TYPE', /files of this type are not accepted\. Accepted are \.zip \(exchange set\)/],
    ['charts.exe', Buffer.from('MZ'), 'UPLOAD_TYPE', /; a self-extracting zip is accepted under a name that ends in \.zip\.$/],
    ['charts.zip', Buffer.from('some text'), 'UPLOAD_TYPE', /named as a zip but its content is something else/],
    ...(
      [
        ['a tar archive', Buffer.concat([Buffer.from('XX5SAMPL.000'), Buffer.alloc(245), Buffer.from('ustar')])],
        ['a bzip2 file', Buffer.from('BZh91AY')],
        ['an xz file', Buffer.from('\xfd7zXZ\0', 'latin1')],
        ['a gzip file', Buffer.from('\x1f\x8b\x08', 'latin1')],
      ] as const
    ).map(([what, content]) => ['charts.zip', content, 'UPLOAD_TYPE', new RegExp(`named as a zip but is ${what}\\.$`)] as const),
    [
      'CATALOG.031',
      Buffer.from('00'),
      'UPLOAD_TYPE',
      /: it only lists the files of an exchange set\. Upload the whole set as a zip\.$/,
    ],
    [
      'my chart.000',
      Buffer.from('00'),
      'UPLOAD_TYPE',
      /: a cell or update has a name such as US5MA10M\.000, of letters, digits, _ and - only\.$/,
    ],
    [
      'XX5SAMPL.000',
      Buffer.from('hello, this is a text'),
      'UPLOAD_TYPE',
      /named as a chart cell but its content is something else/,
    ],
    [
      'PERMIT.TXT',
      Buffer.from('<html>'),
      'UPLOAD_TYPE',
      /named as a permit file but is a web page; a permit file begins with :DATE/,
    ],
    ['charts.zip', tooLarge, 'UPLOAD_TOO_LARGE', /^The file is too large: at most 1,000,000 bytes are accepted\.$/],
  ] as const) {
    const { status, body } = await bench.send(name, content)
    assert.deepEqual([status, body.code], [400, code], JSON.stringify(body))
    assert.match(body.detail ?? '', detail)
  }
  assert.equal((await bench.call('POST', '/portal/v1/charts/upload')).body.code, 'UPLOAD_NO_FILE')
  assert.deepEqual(await stored(), before)
})

test('an upload to a full disk answers STORAGE_FULL', { skip: process.platform !== 'linux' && 'needs /dev/full' }, async () => {
  full = true
  const { status, body } = await bench.send('good.zip', await zipOf([cell('XX5AAAA1')]))
  full = false
  assert.deepEqual([status, body.code], [507, 'STORAGE_FULL'])
  assert.match(body.detail ?? '', /^The disk of the server is full: nothing was stored\./)
})

test('an interrupted upload leaves nothing behind', async () => {
  const before = await stored()
  const rows = await bench.database.db.selectFrom('upload').select('id').execute()
  const boundary = 'cut'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\nPK\x03\x04`
  const headers = {
    authorization: `Bearer ${bench.admin}`,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': '500000',
  }
  const request = httpRequest(`${bench.origin}/api/portal/v1/charts/upload`, { method: 'POST', headers })
  const closed = new Promise((resolve) => request.on('close', resolve).on('error', () => {}))
  await new Promise((resolve) => request.write(Buffer.concat([Buffer.from(head), Buffer.alloc(100_000)]), resolve))
  request.destroy()
  await closed
  // A complete request follows: anything the interrupted one left would exist by then.
  assert.equal((await bench.upload('whole.zip', await zipOf([cell('XX5CUTT1')]))).status, 'succeeded')
  assert.equal((await stored()).length, before.length + 1)
  assert.equal((await bench.database.db.selectFrom('upload').select('id').execute()).length, rows.length + 1)
})

test('a broken cell fails its upload, and the other cells become visible', async () => {
  const name = 'XX5GAPP1'
  const broken = { path: `${name}.000`, content: sampleCell({ name }).subarray(0, 900) }
  const upload = await bench.upload('broken.zip', await zipOf([broken, cell('XX5FINE1')]))
  assert.equal(upload.status, 'failed')
  const reports = await bench.reports(upload.id)
  assert.match(reports[name]?.errors[0] ?? '', /^XX5GAPP1\.000, record \d+/)
  assert.equal(reports['XX5FINE1']?.status, 'indexed')
  const lost = await bench.upload(`XX5LOST1.002`, sampleRename(2, { name: 'XX5LOST1' }))
  assert.match((await bench.reports(lost.id))['XX5LOST1']?.errors[0] ?? '', /base file XX5LOST1.000 of edition 1 is missing/)
})

test('the later of two concurrent uploads of one cell is visible, and only to its account', async () => {
  const name = 'XX5BOTH1'
  const sent = await Promise.all([1, 2].map((edition) => bench.send(`${name}.000`, sampleCell({ name, edition }))))
  const ids = sent.map(({ body }) => body.upload.id)
  for (const id of ids) assert.equal((await bench.ended(id)).status, 'succeeded')
  const later = ids[0]! > ids[1]! ? 1 : 2
  assert.ok((await bench.visible()).includes(`${name} ${later}.0`))
  const other = await bench.addUser('other')
  assert.deepEqual(await bench.visible({ token: other }), [])
  assert.equal((await bench.call('GET', `/portal/v1/charts/uploads/${ids[0]}`, { token: other })).status, 404)
  assert.equal((await bench.call('DELETE', `/portal/v1/charts/uploads/${ids[0]}`, { token: other })).status, 404)
})
