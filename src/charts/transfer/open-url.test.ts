import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openUrl } from './open-url.ts'
import { TransferError } from './transfer-error.ts'
import type { TransferLimits } from './transfer-limits.ts'

/** Times that no test reaches, however busy the machine: a test of a time sets its own. */
const LIMITS: TransferLimits = {
  answerMilliseconds: 120_000,
  stallMilliseconds: 120_000,
  totalMilliseconds: 120_000,
  maximumBytes: 1_000,
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-transfer-'))
after(() => rm(folder, { recursive: true, force: true }))

async function withServer<T>(handler: Handler, work: (url: URL) => Promise<T>): Promise<T> {
  const server = createServer(handler)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  try {
    return await work(new URL(`http://127.0.0.1:${address.port}/ENCProdCat.xml`))
  } finally {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}

async function readAll(url: URL, limits: Partial<TransferLimits> = {}, signal = new AbortController().signal): Promise<string> {
  const opened = await openUrl(url, { limits: { ...LIMITS, ...limits }, userAgent: 'Chartroom/test', signal })
  return Buffer.concat(await Array.fromAsync(opened.body)).toString()
}

function refused(message: RegExp, retryable: boolean) {
  return (error: unknown) => {
    assert.ok(error instanceof TransferError, String(error))
    assert.match(error.message, message)
    assert.equal(error.retryable, retryable, error.message)
    return true
  }
}

test('a body stays readable when the server closes the connection before it is read', async () => {
  const content = 'x'.repeat(64 * 1024)
  const gone = Promise.withResolvers<void>()
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      socket.end(`HTTP/1.0 200 OK\r\ncontent-length: ${content.length}\r\n\r\n${content}`)
    })
    socket.once('close', () => gone.resolve())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  const limits = { ...LIMITS, maximumBytes: content.length }
  const opened = await openUrl(new URL(`http://127.0.0.1:${port}/`), {
    limits,
    userAgent: 'Chartroom/test',
    signal: new AbortController().signal,
  })
  await gone.promise
  assert.equal(Buffer.concat(await Array.fromAsync(opened.body)).toString(), content)
  server.close()
  await once(server, 'close')
})

test('a download sends the user agent and asks for no content coding', async () => {
  let headers: IncomingMessage['headers'] = {}
  const handler: Handler = (request, response) => {
    headers = request.headers
    response.end('hello')
  }
  assert.equal(await withServer(handler, readAll), 'hello')
  assert.equal(headers['user-agent'], 'Chartroom/test')
  assert.equal(headers['accept-encoding'], 'identity')
})

describe('a download fails on', () => {
  for (const [status, retryable] of [
    [400, false],
    [403, false],
    [404, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ] as const) {
    test(`HTTP ${status}`, async () => {
      const handler: Handler = (_, response) => response.writeHead(status).end('sorry')
      await withServer(handler, (url) => assert.rejects(readAll(url), refused(new RegExp(`answered HTTP ${status}`), retryable)))
    })
  }

  test('a refused connection', async () => {
    const url = await withServer(
      () => {},
      async (it) => it,
    )
    await assert.rejects(readAll(url), refused(/^cannot reach http.*ECONNREFUSED/, true))
  })

  test('a server that never answers', async () => {
    await withServer(
      () => {},
      (url) => assert.rejects(readAll(url, { answerMilliseconds: 50 }), refused(/did not answer within 0.05 seconds/, true)),
    )
  })
})

describe('redirects', () => {
  test('a download follows a redirect', async () => {
    const handler: Handler = (request, response) => {
      if (request.url === '/moved') response.end('here')
      else response.writeHead(302, { location: '/moved' }).end()
    }
    assert.equal(await withServer(handler, readAll), 'here')
  })

  test('a download gives up after five redirects', async () => {
    let asked = 0
    const handler: Handler = (_, response) => {
      asked++
      response.writeHead(301, { location: '/ENCProdCat.xml' }).end()
    }
    await withServer(handler, (url) => assert.rejects(readAll(url), refused(/redirects in a loop/, false)))
    assert.equal(asked, 6)
  })

  for (const location of ['file:///etc/passwd', 'ftp://example.com/x', 'http://']) {
    test(`a download refuses a redirect to ${location}`, async () => {
      const handler: Handler = (_, response) => response.writeHead(302, { location }).end()
      await withServer(handler, (url) => assert.rejects(readAll(url), refused(/which is not a web address/, false)))
    })
  }
})

describe('a download refuses a body that', () => {
  test('announces too many bytes', async () => {
    const handler: Handler = (_, response) => response.end('x'.repeat(1_001))
    await withServer(handler, (url) => assert.rejects(readAll(url), refused(/larger than the limit of 1000 bytes/, false)))
  })

  test('never ends', async () => {
    const handler: Handler = (_, response) => {
      const more = () => response.destroyed || response.write('x'.repeat(500), more)
      more()
    }
    await withServer(handler, (url) => assert.rejects(readAll(url), refused(/larger than the limit of 1000 bytes/, false)))
  })

  test('stalls', async () => {
    const handler: Handler = (_, response) => response.writeHead(200, { 'content-length': 100 }).write('x')
    await withServer(handler, (url) =>
      assert.rejects(readAll(url, { stallMilliseconds: 50 }), refused(/sent nothing for 0.05 seconds/, true)),
    )
  })

  test('drips byte by byte', async () => {
    const timers: NodeJS.Timeout[] = []
    const handler: Handler = (_, response) => timers.push(setInterval(() => response.write('x'), 5))
    try {
      await withServer(handler, (url) =>
        assert.rejects(readAll(url, { totalMilliseconds: 100 }), refused(/took longer than 0.1 seconds/, true)),
      )
    } finally {
      for (const timer of timers) clearInterval(timer)
    }
  })

  test('breaks off', async () => {
    const handler: Handler = (_, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => response.destroy())
    }
    await withServer(handler, (url) => assert.rejects(readAll(url), refused(/broke off/, true)))
  })
})

test('an abort ends a download with the reason of its signal', async () => {
  const controller = new AbortController()
  const handler: Handler = (_, response) => {
    response.write('x')
    setImmediate(() => controller.abort(new Error('cancelled by the operator')))
  }
  await withServer(handler, (url) => assert.rejects(readAll(url, {}, controller.signal), /cancelled by the operator/))
  await assert.rejects(readAll(new URL('http://127.0.0.1:9/'), {}, controller.signal), /cancelled by the operator/)
})

test('a file URL opens the file from disk', async () => {
  const file = path.join(folder, 'a file.xml')
  await writeFile(file, 'from the stick')
  assert.equal(await readAll(pathToFileURL(file)), 'from the stick')
  await assert.rejects(readAll(pathToFileURL(path.join(folder, 'gone.xml'))), refused(/^cannot read file:.*gone\.xml$/, false))
  await assert.rejects(readAll(pathToFileURL(folder)), refused(/^cannot read file:/, false))
})
