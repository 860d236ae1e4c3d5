import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const assets = path.resolve(import.meta.dirname, '..', '..', 'assets')
const answer = await fixture.call('GET', '/api/v1/styles/base.json', { token: await fixture.adminSession() })
const sprite = new URL((answer.body as { sprite: string }).sprite).pathname
const root = sprite.slice(0, sprite.indexOf('/sprites/'))
const identity = { headers: { 'accept-encoding': 'identity' } }

async function bytes(url: string): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const response = await fetch(fixture.origin + url, identity)
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
}

test('sprites of every theme and size come without a token, with their type', async () => {
  for (const theme of ['day', 'dusk', 'night']) {
    for (const [suffix, type] of [
      ['.json', 'application/json'],
      ['.png', 'image/png'],
      ['@2x.json', 'application/json'],
      ['@2x.png', 'image/png'],
    ]) {
      const { status, headers, body } = await bytes(`${root}/sprites/${theme}${suffix}`)
      assert.equal(status, 200)
      assert.ok(headers.get('content-type')?.startsWith(type ?? ''))
      assert.deepEqual(body, readFileSync(path.join(assets, 'sprites', `${theme}${suffix}`)))
    }
  }
})

test('a file of the current version is immutable, one of any other version is revalidated', async () => {
  const current = await bytes(`${root}/sprites/day.png`)
  assert.equal(current.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(current.headers.get('access-control-allow-origin'), '*')
  const etag = current.headers.get('etag') ?? ''
  assert.match(etag, /^"[0-9a-f]{32}"$/)
  const old = await fixture.call('GET', '/api/v1/static/1/sprites/day.png', { headers: { 'if-none-match': etag } })
  assert.equal(old.status, 304)
  assert.equal(old.headers.get('cache-control'), 'no-cache')
})

test('lists and glyphs are compressed for clients that accept gzip, with an ETag of their own', async () => {
  for (const url of [`${root}/sprites/day.json`, `${root}/glyphs/Noto%20Sans%20Regular/0-255.pbf`]) {
    const plain = await bytes(url)
    const zipped = await fetch(fixture.origin + url, { headers: { 'accept-encoding': 'gzip' } })
    assert.equal(zipped.headers.get('content-encoding'), 'gzip')
    assert.deepEqual(Buffer.from(await zipped.arrayBuffer()), plain.body)
    assert.equal(zipped.headers.get('etag'), `${plain.headers.get('etag')?.slice(0, -1)}-gzip"`)
  }
})

test('a font stack gets its first font that is here, and any other Noto Sans Regular', async () => {
  const file = (font: string) => readFileSync(path.join(assets, 'glyphs', font, '0-255.pbf'))
  const cases: [string, string][] = [
    ['Noto Sans Bold', 'Noto Sans Bold'],
    ['Comic Sans,Noto Sans Italic,Noto Sans Bold', 'Noto Sans Italic'],
    ['open-sans', 'Noto Sans Regular'],
    ['Unknown Font', 'Noto Sans Regular'],
  ]
  for (const [stack, font] of cases) {
    const { status, headers, body } = await bytes(`${root}/glyphs/${encodeURIComponent(stack)}/0-255.pbf`)
    assert.equal(status, 200)
    assert.equal(headers.get('content-type'), 'application/x-protobuf')
    assert.deepEqual(body, file(font), stack)
  }
})

test('a range without glyphs is an empty answer', async () => {
  const { status, body } = await bytes(`${root}/glyphs/Noto%20Sans%20Regular/19968-20223.pbf`)
  assert.deepEqual([status, body.length], [200, 0])
})

test('nothing else is served: no other range, file or folder', async () => {
  const urls = ['/glyphs/Noto%20Sans%20Regular/1-256.pbf', '/glyphs/x/0-1.pbf', '/glyphs/x/65536-65791.pbf', '/sprites/dawn.json']
  urls.push(
    '/sprites/..%2F..%2Fpackage.json',
    '/sprites/%2e%2e%2fglyphs%2fOFL.txt',
    '/sprites/..%5c..%5cpackage.json',
    '/sprites/day',
  )
  for (const url of urls) assertProblem(await fixture.call('GET', root + url), 404, 'STATIC_NOT_FOUND')
  const outside = await bytes(`${root}/glyphs/..%2Fsprites/0-255.pbf`)
  assert.deepEqual(outside.body, readFileSync(path.join(assets, 'glyphs', 'Noto Sans Regular', '0-255.pbf')))
})
