import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { messageOf } from '#lib/errors.ts'
import { forEachLimited } from '#lib/for-each-limited.ts'
import { BlobMissingError, InvalidKeyError } from '#storage/blob-store.ts'
import { createS3Client } from '#storage/s3/s3-client.ts'
import type { S3Settings } from '#storage/s3/s3-settings.ts'
import { openS3Store, type S3Store, type S3StoreOptions } from '#storage/s3/s3-store.ts'
import { StorageUnusableError } from '#storage/storage-unusable.ts'
import { type BreakingProxy, startBreakingProxy } from '#test/breaking-proxy.ts'
import { NO_SWIFT, type SwiftServer, startSwift } from '#test/swift/swift-server.ts'

const OBJECTS = 25
const MANY_OBJECTS = 20_000
const MEBIBYTE = 2 ** 20
const text = (value: string) => new TextEncoder().encode(value)

describe('the S3 storage', { skip: NO_SWIFT }, () => {
  let swift: SwiftServer
  let proxy: BreakingProxy
  let settings: S3Settings
  let folder: string
  const opened: S3Store[] = []

  before(async () => {
    swift = await startSwift()
    proxy = await startBreakingProxy(swift.port)
    const direct = await swift.bucket('charts', 'harbour/')
    settings = { ...direct, endpoint: `http://127.0.0.1:${proxy.port}` }
    folder = await mkdtemp(path.join(tmpdir(), 'chartroom-s3-'))
  })
  after(async () => {
    for (const each of opened) each.close()
    await proxy?.[Symbol.asyncDispose]()
    await swift?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(options: Partial<S3StoreOptions> = {}): Promise<S3Store> {
    const cache = { folder: path.join(folder, `cache-${opened.length}`), maximumBytes: 100 * MEBIBYTE }
    const store = await openS3Store({
      ...{
        settings,
        cache,
        retries: { attempts: 12, baseMilliseconds: 20, maximumMilliseconds: 400 },
      },
      ...options,
    })
    opened.push(store)
    return store
  }
  const keys = async (store: S3Store, prefix: string) =>
    (await Array.fromAsync(store.list(prefix))).map((blob) => blob.key).sort()
  async function halfUploads(): Promise<number> {
    const client = createS3Client(settings)
    const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: settings.bucket }))
    client.destroy()
    return Uploads?.length ?? 0
  }

  test('a stored blob can be read, streamed in ranges, opened as a file, measured, listed and deleted', async () => {
    const store = await open()
    async function* chunks() {
      yield text('one ')
      yield text('two')
    }
    assert.equal(await store.put('a/b+@=c.zip', chunks()), 7)
    assert.equal((await store.read('a/b+@=c.zip')).toString(), 'one two')
    const range = await store.get('a/b+@=c.zip', { start: 2, end: 5 })
    assert.equal(Buffer.concat(await Array.fromAsync(range)).toString(), 'e t')
    assert.equal(await store.withFile('a/b+@=c.zip', async (file) => await readFile(file, 'utf8')), 'one two')
    assert.equal(await store.size('a/b+@=c.zip'), 7)
    await store.put('a/b.zip', text('x'))
    assert.deepEqual(await keys(store, 'a/'), ['a/b+@=c.zip', 'a/b.zip'])
    const [info] = await Array.fromAsync(store.list('a/'))
    assert.ok(Math.abs((info?.modified ?? 0) - Date.now()) < 60_000, 'the time of storing is now')
    assert.equal(await store.delete('a/b+@=c.zip'), true)
    assert.equal(await store.delete('a/b+@=c.zip'), false)
    assert.deepEqual(await keys(store, ''), ['a/b.zip'])
    await store.put('empty', new Uint8Array())
    assert.equal((await store.read('empty')).length, 0)
    for (const key of ['a/b.zip', 'empty']) await store.delete(key)
  })

  test('a missing blob has no size, reading it names it, and a key outside the store is refused', async () => {
    const store = await open()
    assert.equal(await store.size('no/thing'), null)
    await assert.rejects(store.read('no/thing'), BlobMissingError)
    await assert.rejects(store.get('no/thing'), BlobMissingError)
    await assert.rejects(
      store.withFile('no/thing', async () => {}),
      /the storage has no no\/thing/,
    )
    await assert.rejects(store.put('../up', text('x')), InvalidKeyError)
    assert.deepEqual(await keys(store, 'no/'), [])
  })

  test('a listing of several pages has every blob once', async () => {
    const store = await open({ pageSize: Math.ceil(OBJECTS / 4) })
    const expected = Array.from({ length: OBJECTS }, (_, i) => `pages/${String(i).padStart(5, '0')}`)
    await forEachLimited(
      expected,
      { concurrency: 16, signal: new AbortController().signal },
      async (key) => void (await store.put(key, text(key))),
    )
    const found = await Array.fromAsync(store.list('pages/'))
    assert.deepEqual(found.map((blob) => blob.key).sort(), expected)
    assert.ok(found.every((blob) => blob.bytes === 11))
  })

  test('a listing of 20,000 blobs has every blob once', async () => {
    const many = await swift.bucket('many', 'fleet/')
    swift.fillListing('many', 'fleet/', MANY_OBJECTS)
    const store = await open({ settings: many })
    const found = await Array.fromAsync(store.list(''))
    assert.equal(found.length, MANY_OBJECTS)
    assert.equal(new Set(found.map((blob) => blob.key)).size, MANY_OBJECTS)
    assert.deepEqual([found.at(0)?.key, found.at(-1)?.key, found.at(-1)?.bytes], ['00000', '19999', 11])
  })

  test('a file is downloaded once for many readers, and again when the blob has changed', async () => {
    const store = await open()
    await store.put('local/a.zip', text('first'))
    const files = await Promise.all(Array.from({ length: 5 }, () => store.withFile('local/a.zip', async (file) => file)))
    assert.equal(new Set(files).size, 1)
    const elsewhere = await open()
    await elsewhere.put('local/a.zip', text('second'))
    assert.equal(await store.withFile('local/a.zip', async (file) => await readFile(file, 'utf8')), 'second')
  })

  test('the local copies stay within their limit, and the one in use is never removed', async () => {
    const cache = { folder: path.join(folder, 'small'), maximumBytes: 2_500 }
    const store = await open({ cache })
    for (const name of ['a', 'b', 'c', 'd']) await store.put(`small/${name}`, randomBytes(1_000))
    await store.withFile('small/a', async (used) => {
      for (const name of ['b', 'c', 'd']) await store.withFile(`small/${name}`, async () => {})
      assert.equal((await readFile(used)).length, 1_000)
    })
    assert.equal((await readdir(cache.folder)).length, 2)
  })

  test('content that never changes is read during an outage, and a damaged copy is fetched again', async () => {
    const cache = { folder: path.join(folder, 'fixed'), maximumBytes: MEBIBYTE }
    const options = {
      cache,
      isImmutable: (key: string) => key.startsWith('fixed/'),
      retries: { attempts: 1, baseMilliseconds: 1, maximumMilliseconds: 1 },
    }
    const store = await open(options)
    await store.put('fixed/cell', text('never changes'))
    assert.equal((await store.read('fixed/cell')).toString(), 'never changes')
    proxy.set({ kind: 'down' })
    assert.equal((await store.read('fixed/cell')).toString(), 'never changes')
    const afterRestart = await open(options)
    assert.equal((await afterRestart.read('fixed/cell')).toString(), 'never changes')
    const [copy] = await readdir(cache.folder)
    await writeFile(path.join(cache.folder, copy ?? ''), 'never chanGes')
    await assert.rejects(store.read('fixed/cell'))
    proxy.set({ kind: 'none' })
    assert.equal((await store.read('fixed/cell')).toString(), 'never changes')
  })

  test('an interrupted write keeps the old content and leaves no upload behind', async () => {
    const store = await open()
    await store.put('kept/blob', text('old'))
    async function* broken() {
      for (let i = 0; i < 18; i++) yield randomBytes(MEBIBYTE)
      throw new Error('the line went dead')
    }
    await assert.rejects(store.put('kept/blob', broken()), /the line went dead/)
    assert.equal((await store.read('kept/blob')).toString(), 'old')
    assert.equal(await halfUploads(), 0)
  })

  test('a sweep ends the uploads that a crash left half done, once they are old', async () => {
    const store = await open()
    const client = createS3Client(settings)
    const target = { Bucket: settings.bucket, Key: 'harbour/half/blob' }
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target))
    await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: text('half') }))
    client.destroy()
    assert.deepEqual(await keys(store, 'half/'), [])
    assert.equal(await store.sweep(60 * 60_000), 0)
    assert.equal(await halfUploads(), 1)
    // A negative age reaches into the future: the service's clock has whole seconds.
    assert.equal(await store.sweep(-60_000), 1)
    assert.equal(await halfUploads(), 0)
  })

  test('an upload of unknown length in several parts survives broken connections', async () => {
    const store = await open()
    const content = randomBytes(19 * MEBIBYTE)
    async function* chunks() {
      for (let at = 0; at < content.length; at += MEBIBYTE) {
        if (at === 9 * MEBIBYTE) proxy.set({ kind: 'cut', afterBytes: 0, times: 3 })
        yield content.subarray(at, at + MEBIBYTE)
      }
    }
    const before = proxy.hits()
    assert.equal(await store.put('large', chunks()), content.length)
    assert.equal(proxy.hits() - before, 3)
    assert.ok((await store.read('large')).equals(content))
  })

  for (const kind of ['cut', 'stall'] as const)
    test(`a download goes on where the connection was ${kind === 'cut' ? 'cut' : 'silent for too long'}`, async () => {
      // Silence is what ends a stalled answer; everything else may take its time.
      const store = await open(kind === 'stall' ? { silenceMilliseconds: 3_000 } : {})
      const content = randomBytes(3 * MEBIBYTE)
      await store.put(`download-${kind}`, content)
      proxy.set({ kind, afterBytes: MEBIBYTE, times: 2 })
      const before = proxy.hits()
      assert.ok((await store.read(`download-${kind}`)).equals(content))
      assert.equal(proxy.hits() - before, 2)
      proxy.set({ kind: 'none' })
    })

  test('a change of the blob during a broken download is an error, never a mixture', async () => {
    const store = await open()
    await store.put('changing', Buffer.alloc(3 * MEBIBYTE, 1))
    proxy.set({ kind: 'cut', afterBytes: MEBIBYTE, times: 1 })
    const stream = await store.get('changing')
    const other = await open({ settings: { ...settings, endpoint: `http://127.0.0.1:${swift.port}` } })
    await other.put('changing', Buffer.alloc(3 * MEBIBYTE, 2))
    await assert.rejects(Array.fromAsync(stream))
    proxy.set({ kind: 'none' })
  })

  test('requests wait out a service that is killed and started again', async () => {
    const store = await open({ retries: { attempts: 40, baseMilliseconds: 50, maximumMilliseconds: 1_000 } })
    await store.put('outage/a', text('before'))
    await swift.kill()
    const working = Promise.all([store.read('outage/a'), store.put('outage/b', text('during')), keys(store, 'outage/')])
    await swift.start()
    const [a, b] = await working
    assert.deepEqual([a.toString(), b], ['before', 6])
    assert.equal((await store.read('outage/b')).toString(), 'during')
  })

  test('a bucket that cannot be used is refused with the variable to look at', async () => {
    const quick = { attempts: 1, baseMilliseconds: 1, maximumMilliseconds: 1 }
    const wrong = async (change: Partial<S3Settings>) => {
      const store = await open({ settings: { ...settings, ...change }, retries: quick })
      return await store.check().then(
        () => '',
        (error: Error) => error.message,
      )
    }
    assert.equal(await wrong({}), '')
    assert.match(await wrong({ bucket: 'nowhere' }), /has no bucket "nowhere": create it, or correct S3_BUCKET/)
    const credentials = { accessKeyId: 'test:chartroom', secretAccessKey: 'wrong' }
    assert.match(await wrong({ credentials }), /refuses access .* S3_SECRET_ACCESS_KEY/)
    assert.match(await wrong({ endpoint: 'http://127.0.0.1:9' }), /cannot be used .*check S3_ENDPOINT/)
  })

  test('each call to a bucket that cannot be used says why, and which variable to look at', async () => {
    const quick = { attempts: 1, baseMilliseconds: 1, maximumMilliseconds: 1 }
    const credentials = { accessKeyId: 'test:chartroom', secretAccessKey: 'wrong' }
    const refused = await open({ settings: { ...settings, credentials }, retries: quick })
    const down = await open({ settings: { ...settings, endpoint: 'http://127.0.0.1:9' }, retries: quick })
    const calls: ((store: S3Store) => Promise<unknown>)[] = [
      (store) => store.put('a', text('a')),
      (store) => store.read('a'),
      (store) => store.size('a'),
      (store) => store.delete('a'),
      (store) => keys(store, ''),
      (store) => store.sweep(0),
    ]
    for (const call of calls) {
      await assert.rejects(call(refused), (error: Error) => {
        assert.ok(error instanceof StorageUnusableError)
        assert.match(error.message, /refuses access to the bucket "charts" \(HTTP 403.*\): check S3_ACCESS_KEY_ID/)
        assert.doesNotMatch(messageOf(error), /Unknown/)
        return true
      })
      await assert.rejects(call(down), /cannot be used \(connect ECONNREFUSED 127\.0\.0\.1:9\): check S3_ENDPOINT/)
    }
  })
})
