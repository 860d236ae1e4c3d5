import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { fetch } from 'undici'
import { messageOf } from '#lib/errors.ts'
import { createGuardedAgent, RefusedAddressError } from '#lib/guarded-agent.ts'
import { isPrivateAddress } from '#lib/private-address.ts'
import { openUrl } from './open-url.ts'
import { shownAddress } from './shown-address.ts'
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

describe('an address with a password and a signature', () => {
  const asked = (url: URL) => Object.assign(new URL(url), { username: 'cap%40tain', password: 's3cret', search: '?sig=t0ken' })

  test('is requested with Basic authentication, which a redirect to another origin does not get', async () => {
    const headers: (string | undefined)[] = []
    const note: Handler = ({ headers: { authorization } }, response) => {
      headers.push(authorization)
      response.end('found')
    }
    await withServer(note, async (elsewhere) => {
      await withServer(
        (request, response) => {
          headers.push(request.headers.authorization)
          response.writeHead(302, { location: elsewhere.href }).end()
        },
        async (url) => assert.equal(await readAll(asked(url)), 'found'),
      )
    })
    assert.deepEqual(headers, [`Basic ${Buffer.from('cap@tain:s3cret').toString('base64')}`, undefined])
  })

  test('appears in no error with its secrets', async () => {
    const odd: Handler[] = [
      (_, response) => response.writeHead(404).end(),
      (_, response) => response.writeHead(302, { location: 'ftp://cap:s3cret@host/x?sig=t0ken' }).end(),
      (_, response) => response.writeHead(302, { location: '?sig=t0ken' }).end(),
      (_, response) => response.writeHead(200, { 'content-length': '2000' }).end(),
      (request) => request.socket.destroy(),
    ]
    for (const handler of odd) {
      await withServer(handler, async (url) => {
        const error = await readAll(asked(url)).catch((reason: unknown) => reason)
        assert.ok(error instanceof TransferError)
        assert.doesNotMatch(`${error.message} ${error.stack} ${messageOf(error)}`, /s3cret|t0ken|tain/)
        assert.match(error.message, /ENCProdCat\.xml\?\.\.\./)
      })
    }
  })
})

test('an address is shown without user, password and query', () => {
  for (const [given, shown] of [
    ['https://user:pw@host/a/b.xml?sig=x#y', 'https://host/a/b.xml?...'],
    ['https://host/a', 'https://host/a'],
    ['user:pw@host/a?sig=x', 'host/a?...'],
    ['http://user:pw@host:999999/a?sig=x', 'http://host:999999/a?...'],
  ] as const) {
    assert.equal(shownAddress(given), shown)
  }
})

describe('a redirect of a public mirror into this machine or a private network is refused', () => {
  // 127.0.0.1 plays the public mirror, and every other address is private.
  const isPrivate = (address: string) => address !== '127.0.0.1'
  for (const host of ['127.0.0.2', '[::1]', '[::ffff:127.0.0.2]']) {
    test(`to ${host}`, async () => {
      await withServer(
        (request, response) => response.writeHead(302, { location: `http://${host}:${request.socket.localPort}/` }).end(),
        async (url) => {
          const options = { limits: LIMITS, userAgent: 'Chartroom/test', signal: new AbortController().signal, isPrivate }
          await assert.rejects(openUrl(url, options), refused(/is refused: it leads to this machine or a private network/, false))
        },
      )
    })
  }

  test('to a name that resolves to such an address', async () => {
    await withServer(
      (_, response) => void response.end('reached'),
      async (url) => {
        const dispatcher = createGuardedAgent(() => true)
        await assert.rejects(fetch(`http://localhost:${url.port}/`, { dispatcher }), (error) => {
          assert.ok(error instanceof Error && error.cause instanceof RefusedAddressError)
          return true
        })
        const open = createGuardedAgent(() => false)
        assert.equal(await (await fetch(`http://localhost:${url.port}/`, { dispatcher: open })).text(), 'reached')
      },
    )
  })

  test('by the ranges of RFC 6890', () => {
    const all = [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '255.255.255.255',
    ]
    const six = ['::1', '::', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', '2002:a00:1::1']
    for (const address of [...all, ...six]) assert.ok(isPrivateAddress(address), address)
    for (const address of ['8.8.8.8', '172.32.0.1', '2001:4860:4860::8888', '::ffff:8.8.8.8'])
      assert.ok(!isPrivateAddress(address), address)
  })
})

test('a file beside the catalogue may not be a link that leads out of its folder', async () => {
  const catalogue = path.join(folder, 'inside', 'ENCProdCat.xml')
  await mkdir(path.dirname(catalogue))
  await writeFile(path.join(folder, 'outside.zip'), 'secret')
  await writeFile(path.join(folder, 'inside', 'plain.zip'), 'chart')
  await symlink('../outside.zip', path.join(folder, 'inside', 'link.zip'))
  await symlink('plain.zip', path.join(folder, 'inside', 'alias.zip'))
  const read = async (name: string) => {
    const options = { limits: LIMITS, userAgent: 'Chartroom/test', signal: new AbortController().signal }
    const opened = await openUrl(new URL(name, pathToFileURL(catalogue)), { ...options, configured: pathToFileURL(catalogue) })
    return Buffer.concat(await Array.fromAsync(opened.body)).toString()
  }
  assert.deepEqual([await read('plain.zip'), await read('alias.zip')], ['chart', 'chart'])
  for (const name of ['link.zip', '../outside.zip']) {
    const error = await read(name).catch((reason: unknown) => reason)
    assert.match(messageOf(error), /it leads out of the folder of the catalogue/)
  }
})
