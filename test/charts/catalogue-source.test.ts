import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { writeMirror } from '#test/cells.ts'
import { createRefreshBench, IMPATIENT, type RefreshBench } from '#test/refresh-bench.ts'

// The message that an operator reads for each fault of the catalogue's source.

let bench: RefreshBench
let catalogue: Buffer
before(async () => {
  bench = await createRefreshBench()
  const mirror = path.join(bench.folder, 'mirror')
  await writeMirror(mirror, [{ name: 'AA5AAAA1' }])
  catalogue = await readFile(path.join(mirror, 'ENCProdCat.xml'))
})
after(() => bench[Symbol.asyncDispose]())

async function withServer<T>(handler: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(handler)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  try {
    return await work(`http://127.0.0.1:${address.port}/ENCs/ENCProdCat.xml`)
  } finally {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}

async function failure(url: string | URL): Promise<string> {
  const job = await bench.refresh(url, {
    transfer: { ...IMPATIENT, catalogue: { ...IMPATIENT.catalogue!, maximumBytes: 100_000 } },
  })
  assert.equal(job.jobState, 'failed', JSON.stringify(job.logs, null, 1))
  assert.equal(typeof job.result?.['error'], 'string')
  return job.logs.findLast((line) => line.type === 'error')?.message ?? ''
}

describe('a catalogue over HTTP', () => {
  const cases: [title: string, handler: RequestListener, message: RegExp][] = [
    [
      'HTTP 404',
      (_, response) => response.writeHead(404).end(),
      /the catalogue cannot be read: .*HTTP 404.*Check PUBLIC_CHARTS_URL/,
    ],
    ['HTTP 500', (_, response) => response.writeHead(500).end(), /the catalogue cannot be read: .*answered HTTP 500/],
    [
      'a redirect loop',
      (request, response) => response.writeHead(302, { location: request.url ?? '' }).end(),
      /the catalogue cannot be read: .*redirects in a loop/,
    ],
    [
      'an endless body',
      (_, response) => {
        const more = () => response.destroyed || response.write(`<!-- ${'x'.repeat(1_000)} -->`, more)
        response.write('<EncProductCatalog>', more)
      },
      /the catalogue cannot be read: .*larger than the limit of 100000 bytes/,
    ],
    ['not XML', (_, response) => response.end('We are down for maintenance'), /the catalogue is not XML/],
    ['truncated', (_, response) => response.end(catalogue.subarray(0, -50)), /the catalogue is truncated/],
    [
      'a broken connection',
      (_, response) => {
        response.writeHead(200, { 'content-length': catalogue.length })
        response.write(catalogue.subarray(0, 500), () => response.destroy())
      },
      /the catalogue cannot be read: .*broke off/,
    ],
    ['wrong root', (_, response) => response.end('<rss></rss>'), /root element is <rss>/],
    ['no cells', (_, response) => response.end('<EncProductCatalog></EncProductCatalog>'), /lists no cells/],
  ]
  for (const [title, handler, message] of cases) {
    test(`fails the job: ${title}`, async () => {
      assert.match(await withServer(handler, failure), message)
    })
  }

  test('is requested again after a server error, with a warning in the log', async () => {
    let asked = 0
    const handler: RequestListener = (request, response) => {
      if (request.url?.endsWith('.zip')) response.writeHead(404).end()
      else if (++asked < 3) response.writeHead(503).end()
      else response.end(catalogue)
    }
    const job = await withServer(handler, (url) => bench.refresh(url, { filter: { names: ['ZZ*'], states: [], boxes: [] } }))
    assert.equal(job.jobState, 'completed')
    const warnings = job.logs.filter((line) => line.type === 'warning').map((line) => line.message)
    assert.equal(warnings.filter((line) => /could not be read \(try \d\): .*HTTP 503/.test(line)).length, 2)
    assert.ok(warnings.some((line) => line.includes('PUBLIC_CHARTS_FILTER')))
  })
})

describe('a catalogue file', () => {
  test('that is missing fails the job', async () => {
    assert.match(
      await failure(pathToFileURL('/no/such/ENCProdCat.xml')),
      /the catalogue cannot be read: cannot read file:.*Check PUBLIC_CHARTS_URL/,
    )
  })

  test('is read with the zips beside it', async () => {
    const folder = path.join(bench.folder, 'with spaces & more')
    await mkdir(folder)
    await writeMirror(folder, [{ name: 'AA5AAAA1' }])
    const job = await bench.refresh(pathToFileURL(path.join(folder, 'ENCProdCat.xml')))
    assert.equal(job.jobState, 'completed', JSON.stringify(job.logs, null, 1))
    assert.equal(job.result?.['indexed'], 1)
  })
})

describe('a zip download', () => {
  async function refreshWith(zipHandler: RequestListener) {
    await using own = await createRefreshBench()
    const mirror = path.join(own.folder, 'mirror')
    const names = ['AA5AAAA1', 'AA5AAAA2', 'AA5AAAA3', 'AA5AAAA4', 'AA5AAAA5', 'AA5AAAA6']
    await writeMirror(
      mirror,
      names.map((name) => ({ name })),
    )
    const handler: RequestListener = async (request, response) => {
      const file = path.basename(request.url ?? '')
      if (file.endsWith('1.zip')) zipHandler(request, response)
      else response.end(await readFile(path.join(mirror, file)))
    }
    return await withServer(handler, (url) => own.refresh(url, { transfer: { failuresInARow: 2 } }))
  }

  test('is retried after a server error', async () => {
    let asked = 0
    const job = await refreshWith((_, response) => {
      asked++
      response.writeHead(asked < 3 ? 500 : 404).end()
    })
    assert.equal(asked, 3, 'two 500 are tried again, a 404 is final')
    assert.deepEqual([job.jobState, job.result?.['indexed'], job.result?.['failed']], ['completed', 5, 1])
  })

  test('refuses a redirect to a file of this machine', async () => {
    const job = await refreshWith((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end())
    assert.match(
      job.logs.find((line) => line.type === 'error')?.message ?? '',
      /AA5AAAA1 could not be downloaded: .*not a web address/,
    )
  })

  test('refuses an oversized zip', async () => {
    const job = await refreshWith((_, response) => {
      const more = () => response.destroyed || response.write(Buffer.alloc(1_000_000), more)
      more()
    })
    assert.match(job.logs.find((line) => line.type === 'error')?.message ?? '', /AA5AAAA1 could not be downloaded: .*larger than/)
  })

  test('stops after repeated failures instead of trying every remaining cell', async () => {
    await using own = await createRefreshBench()
    const mirror = path.join(own.folder, 'mirror')
    await writeMirror(
      mirror,
      Array.from({ length: 20 }, (_, i) => ({ name: `AA5AAA${i + 10}` })),
    )
    let asked = 0
    const handler: RequestListener = async (request, response) => {
      if (!request.url?.endsWith('.zip')) return response.end(await readFile(path.join(mirror, 'ENCProdCat.xml')))
      asked++
      return response.writeHead(404).end()
    }
    const job = await withServer(handler, (url) => own.refresh(url, { transfer: { failuresInARow: 3, concurrency: 1 } }))
    assert.equal(asked, 3)
    assert.equal(job.jobState, 'failed')
    const errors = job.logs.filter((line) => line.type === 'error').map((line) => line.message)
    assert.ok(errors.includes('3 downloads failed in a row, so the remaining 17 cells were not tried'), errors.join('\n'))
  })
})
