import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

const fixture = await startFixture()
const proxied = await startFixture({ publicUrl: 'https://charts.example/enc/' })
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await proxied[Symbol.asyncDispose]()
})
const page = await fixture.call('GET', '/map')
const filesOf = (text: string) => [...text.matchAll(/(?:src|href)="([^"]*\/assets\/[^"]*)"/g)].map(([, url]) => url ?? '')

test('/map is a page for anyone, under a strict content security policy', () => {
  assert.equal(page.status, 200)
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
  const policy = page.headers.get('content-security-policy') ?? ''
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
  ]) {
    assert.ok(policy.split('; ').includes(rule), rule)
  }
  assert.doesNotMatch(policy, /unsafe/)
  assert.equal(page.headers.get('cache-control'), 'no-cache')
})

test('the page has no inline script, style or event handler', () => {
  assert.doesNotMatch(page.text, /<style|\sstyle=|\son[a-z]+=|javascript:/i)
  for (const [, attributes, content] of page.text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
    assert.match(attributes ?? '', /src="/)
    assert.equal(content, '')
  }
})

test('every file that the page and its scripts name is served, immutable, with the right type', async () => {
  const waiting = filesOf(page.text)
  assert.ok(waiting.length >= 3)
  const seen = new Set<string>()
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (seen.has(url)) continue
    seen.add(url)
    const answer = await fixture.call('GET', url)
    assert.equal(answer.status, 200, url)
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.match(
      answer.headers.get('content-type') ?? '',
      url.endsWith('.css') ? /^text\/css/ : /^(text\/javascript|application\/json)/,
    )
    if (/\/maplibre/.test(url)) continue
    const folder = url.slice(0, url.lastIndexOf('/'))
    for (const [, file] of answer.text.matchAll(/'\.\/([\w.-]+)'/g)) waiting.push(`${folder}/${file}`)
  }
  for (const name of ['maplibre-gl.mjs', 'maplibre-gl-worker.mjs', 'panel.js', 'attribute-names.json']) {
    assert.ok(
      [...seen].some((url) => url.endsWith(`/${name}`)),
      name,
    )
  }
})

test('/assets/ serves nothing else, and a file of another version is revalidated', async () => {
  const [first = ''] = filesOf(page.text)
  const folder = first.slice(0, first.lastIndexOf('/'))
  for (const file of ['package.json', '..%2Fmap.js', '%2e%2e%2fpackage.json', '__proto__']) {
    assertProblem(await fixture.call('GET', `${folder}/${file}`), 404, 'STATIC_NOT_FOUND')
  }
  const old = await fixture.call('GET', '/assets/0/map.js')
  assert.deepEqual([old.status, old.headers.get('cache-control')], [200, 'no-cache'])
})

test('in a sub-folder of PUBLIC_URL the page names its files there', async () => {
  const { text } = await proxied.call('GET', '/map')
  assert.match(text, /data-folder="\/enc"/)
  for (const url of filesOf(text)) assert.match(url, /^\/enc\/assets\/[0-9a-f]{16}\//)
})
