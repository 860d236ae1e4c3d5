import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { request } from 'undici'
import type { PortalState } from '#http/portal-app/portal-state.ts'
import { builtPortal } from '#test/portal-build.ts'
import { assertProblem } from '../http/assert-problem.ts'
import { type FixtureOptions, startFixture } from '../http/server-fixture.ts'

const files = await builtPortal()
let state: PortalState = { kind: 'ready', files }
const start = async (options: FixtureOptions = {}) => {
  const fixture = await startFixture({ portal: () => state, ...options })
  after(() => fixture[Symbol.asyncDispose]())
  return fixture
}
const { call, origin } = await start()
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const PAGES = [
  '/',
  '/sign-in?next=%2Fjobs',
  '/jobs?show=failed&type=a',
  '/jobs/1',
  '/charts',
  '/charts/cells/US5GA22M',
  '/styles',
  '/styles/1',
  '/tokens',
  '/exports',
  '/webhooks',
  '/webhooks/1',
  '/admin',
  '/admin/server',
  '/account',
  '/map',
  '/jobs/',
]
const scriptOf = (text: string) => /src="\.\/assets\/([^"]+\.js)"/.exec(text)?.[1] ?? assert.fail(text)
const page = await call('GET', '/', { headers: HTML })
const script = scriptOf(page.text)

/** The raw bytes of an answer: `fetch` of Node would decode them. */
async function raw(path: string, headers: Record<string, string>) {
  const answer = await request(origin + path, { headers })
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) }
}

test('every address of the portal answers with its page', async () => {
  for (const path of PAGES) {
    const answer = await call('GET', path, { headers: HTML })
    assert.equal(answer.status, 200, path)
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8', path)
    assert.equal(scriptOf(answer.text), script, path)
    assert.equal(answer.headers.get('cache-control'), 'no-cache', path)
  }
})

test('an address outside the portal is not found, and never the page', async () => {
  for (const path of [
    '/jobsx',
    '/portal',
    '/index.html',
    '/assets',
    '/favicon.ico',
    '/sign-in/x',
    '/tokens/1',
    '/.env',
    '/assets/../index.html',
  ]) {
    const answer = await call('GET', path, { headers: HTML })
    assert.equal(answer.status, 404, path)
    assert.match(answer.headers.get('content-type') ?? '', /json/, path)
  }
  assertProblem(await call('POST', '/jobs', { headers: HTML }), 405, 'METHOD_NOT_ALLOWED')
})

test('/ still sends JSON to a client that does not ask for HTML', async () => {
  for (const headers of [{}, { accept: 'application/json' }, { accept: '*/*' }]) {
    const answer = await call('GET', '/', { headers })
    assert.equal((answer.body as { name: string }).name, 'Chartroom')
    assert.match(answer.headers.get('vary') ?? '', /Accept/)
  }
})

test('each page has a nonce of its own, in its policy and in its text', async () => {
  const seen = new Set<string>()
  for (let n = 0; n < 5; n++) {
    const { headers, text } = await call('GET', '/jobs', { headers: HTML })
    const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? assert.fail()
    assert.ok(Buffer.from(nonce, 'base64').length >= 16)
    assert.ok(text.includes(`<meta property="csp-nonce" nonce="${nonce}">`), text)
    seen.add(nonce)
  }
  assert.equal(seen.size, 5)
})

test('the page has a strict policy and no inline script, style or event handler', () => {
  const policy = (page.headers.get('content-security-policy') ?? '').replace(/'nonce-[^']+'/, 'NONCE')
  assert.equal(
    policy,
    "default-src 'none'; script-src 'self'; style-src 'self' NONCE; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'self'; frame-ancestors 'none'",
  )
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff')
  assert.match(page.headers.get('permissions-policy') ?? '', /camera=\(\)/)
  assert.equal(page.headers.get('set-cookie'), null)
  assert.equal(page.headers.get('cross-origin-opener-policy'), null)
  assert.doesNotMatch(page.text, /<style|\sstyle=|\son[a-z]+=|javascript:/i)
  for (const [, content] of page.text.matchAll(/<script[^>]*>([^<]*)<\/script>/g)) assert.equal(content, '')
})

test('a file of the portal never changes, and is sent as brotli, gzip or as it is', async () => {
  const plain = await raw(`/assets/${script}`, { 'accept-encoding': 'identity' })
  assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8')
  assert.equal(plain.headers['content-encoding'], undefined)
  const brotli = await raw(`/assets/${script}`, { 'accept-encoding': 'gzip, deflate, br' })
  assert.equal(brotli.headers['content-encoding'], 'br')
  const gzip = await raw(`/assets/${script}`, { 'accept-encoding': 'gzip, br;q=0' })
  assert.equal(gzip.headers['content-encoding'], 'gzip')
  for (const answer of [plain, brotli, gzip]) assert.equal(answer.headers['vary'], 'Accept-Encoding')
  assert.ok(brotliDecompressSync(brotli.body).equals(plain.body))
  assert.ok(gunzipSync(gzip.body).equals(plain.body))
  assert.ok(brotli.body.length < gzip.body.length && gzip.body.length < plain.body.length)
  assert.equal(new Set([plain, brotli, gzip].map(({ headers }) => headers['etag'])).size, 3)
})

test('a client that has a file is answered 304, and a HEAD request gets only the headers', async () => {
  const path = `/assets/${script}`
  const first = await raw(path, { 'accept-encoding': 'br' })
  const again = await raw(path, { 'accept-encoding': 'br', 'if-none-match': String(first.headers['etag']) })
  assert.deepEqual([again.status, again.body.length], [304, 0])
  const other = await raw(path, { 'accept-encoding': 'gzip', 'if-none-match': String(first.headers['etag']) })
  assert.equal(other.status, 200)
  const head = await call('HEAD', path, { headers: { 'accept-encoding': 'br' } })
  assert.deepEqual([head.status, head.text, head.headers.get('etag')], [200, '', first.headers['etag']])
  assert.equal((await call('HEAD', '/jobs', { headers: HTML })).status, 200)
})

test('a file of an earlier build is not found', async () => {
  for (const name of ['index-00000000.js', '..%2Findex.html', '%2e%2e%2f.stamp', `${script}.br`, '__proto__']) {
    assertProblem(await call('GET', `/assets/${name}`), 404, 'STATIC_NOT_FOUND')
  }
})

test('in a sub-folder the page is based there, so that its relative addresses lead through the proxy', async () => {
  const fixed = await start({ publicUrl: 'https://charts.example/enc' })
  assert.match((await fixed.call('GET', '/jobs', { headers: HTML })).text, /<base href="\/enc\/">/)
  const behind = await start({ trustedProxies: ['127.0.0.1'] })
  const baseOf = async (fixture: { call: typeof call }, prefix: string) => {
    const { text } = await fixture.call('GET', '/jobs', { headers: { ...HTML, 'x-forwarded-prefix': prefix } })
    return /<base href="([^"]*)">/.exec(text)?.[1]
  }
  assert.equal(await baseOf(behind, '/a/b/'), '/a/b/')
  assert.equal(await baseOf(behind, '/outer, /inner'), '/outer/inner/')
  for (const prefix of ['//evil.example', '/a"b', 'https://evil.example/', '/a/../b', '/<b>', '/']) {
    assert.equal(await baseOf(behind, prefix), '/', prefix)
  }
  assert.equal(await baseOf({ call }, '/a'), '/', 'the proxy is not trusted')
  const tiles = await behind.call('GET', '/api/v2/tiles/enc-v2.json', {
    token: await behind.adminSession(),
    headers: { 'x-forwarded-prefix': '/enc' },
  })
  assert.match((tiles.body as { tiles: string[] }).tiles[0] ?? '', /^http:\/\/[^/]+\/enc\/api\//)
})

test('until there is a portal, its addresses say so and reload by themselves; the API works', async () => {
  try {
    for (const [kind, heading, reloads] of [
      ['building', /preparing its portal/, '1'],
      ['failed', /could not be built/, '30'],
    ] as const) {
      state = { kind }
      for (const path of ['/', '/jobs/1']) {
        const answer = await call('GET', path, { headers: HTML })
        assert.deepEqual(
          [answer.status, answer.headers.get('refresh'), answer.headers.get('retry-after')],
          [503, reloads, reloads],
        )
        assert.match(answer.text, heading)
        assert.equal(answer.headers.get('cache-control'), 'no-store')
      }
      assertProblem(await call('GET', `/assets/${script}`), 404, 'STATIC_NOT_FOUND')
      assert.equal((await call('GET', '/')).status, 200)
      assert.equal((await call('GET', '/health/live')).status, 200)
    }
    state = { kind: 'absent' }
    const absent = await call('GET', '/', { headers: HTML })
    assert.deepEqual([absent.status, absent.headers.get('refresh')], [200, null])
    assert.match(absent.text, /without its portal/)
  } finally {
    state = { kind: 'ready', files }
  }
})
