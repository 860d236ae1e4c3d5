import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

const lines: { msg: string; client?: string }[] = []
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) })
const direct = await startFixture()
const proxied = await startFixture({ log, trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] })
const fixed = await startFixture({ publicUrl: 'https://charts.example/enc', trustedProxies: ['127.0.0.1'] })
after(async () => {
  for (const fixture of [direct, proxied, fixed]) await fixture[Symbol.asyncDispose]()
})

type Fixture = typeof direct

async function tileUrl(fixture: Fixture, headers: Record<string, string>): Promise<string> {
  const token = await fixture.adminSession()
  const { body } = await fixture.call('GET', '/api/v2/tiles/enc-v2.json', { token, headers })
  return (body as { tiles: string[] }).tiles[0] ?? ''
}

const startOf = (url: string) => url.replace('/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt', '')
const fail = (fixture: Fixture, index: number, headers: Record<string, string>) =>
  fixture.call('POST', '/api/portal/v1/auth/login', { json: { username: `nobody-${index}`, password: 'x' }, headers })

test('without trusted proxies no forwarding header changes an address', async () => {
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '192.0.2.1',
    forwarded: 'for=192.0.2.1;proto=https;host=evil.example',
  }
  assert.equal(startOf(await tileUrl(direct, headers)), direct.origin)
})

test('a trusted proxy names scheme and host, by either kind of header', async () => {
  const usual = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'charts.example:8443' }
  assert.equal(startOf(await tileUrl(proxied, usual)), 'https://charts.example:8443')
  const standard = { forwarded: 'for="[2001:db8::1]:4711";proto=https;host="charts.example"' }
  assert.equal(startOf(await tileUrl(proxied, standard)), 'https://charts.example')
})

test('scheme and host count without an address of the client, which is then the proxy', async () => {
  for (const headers of [
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'charts.example' },
    { forwarded: 'proto=https;host=charts.example' },
    { forwarded: 'for=unknown;proto=https;host=charts.example' },
    { forwarded: 'for=_hidden;proto=https;host=charts.example' },
  ] as Record<string, string>[]) {
    assert.equal(startOf(await tileUrl(proxied, headers)), 'https://charts.example', JSON.stringify(headers))
  }
  assert.equal(startOf(await tileUrl(proxied, { 'x-forwarded-proto': 'https' })), proxied.origin.replace('http:', 'https:'))
  const spoofed = { forwarded: 'for=192.0.2.1;proto=http;host=evil.example, for=unknown;proto=https;host=charts.example' }
  assert.equal(startOf(await tileUrl(proxied, spoofed)), 'https://charts.example')
})

test('an IPv4 address inside IPv6 is one client in every spelling', async () => {
  const spellings = ['198.51.100.77', '::ffff:198.51.100.77', '::ffff:c633:644d', '0:0:0:0:0:FFFF:c633:644d']
  const from = (index: number) => ({ 'x-forwarded-for': spellings[index % 4] ?? '' })
  for (let index = 0; index < 10; index++) assert.equal((await fail(proxied, 300 + index, from(index))).status, 401)
  for (let index = 0; index < 4; index++) {
    assertProblem(await fail(proxied, 310 + index, from(index)), 429, 'RATE_LIMITED')
  }
})

test('a host that could be none is ignored', async () => {
  const headers = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'javascript', 'x-forwarded-host': 'a"><b' }
  assert.equal(startOf(await tileUrl(proxied, headers)), proxied.origin)
})

test('PUBLIC_URL fixes the address, with its folder', async () => {
  const headers = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'other.example' }
  assert.equal(startOf(await tileUrl(fixed, headers)), 'https://charts.example/enc')
  const index = await fixed.call('GET', '/')
  assert.deepEqual((index.body as { links: unknown }).links, {
    openapi: '/enc/api/openapi.json',
    live: '/enc/health/live',
    ready: '/enc/health/ready',
  })
})

test('failed logins of one client do not shut out the others behind the proxy', async () => {
  const from = (address: string) => ({ 'x-forwarded-for': address })
  for (let index = 0; index < 10; index++) assert.equal((await fail(proxied, index, from('192.0.2.1'))).status, 401)
  assertProblem(await fail(proxied, 10, from('192.0.2.1')), 429, 'RATE_LIMITED')
  assert.equal((await fail(proxied, 11, from('192.0.2.2'))).status, 401)
  assert.equal((await fail(proxied, 12, { forwarded: 'for=192.0.2.3' })).status, 401)
})

test('an address that a client invents in front of a proxy does not count', async () => {
  for (let index = 0; index < 10; index++) {
    const headers = { 'x-forwarded-for': `203.0.113.${index}, 198.51.100.7, 10.1.2.3` }
    assert.equal((await fail(proxied, 100 + index, headers)).status, 401)
  }
  const headers = { 'x-forwarded-for': '203.0.113.99, 198.51.100.7, 10.1.2.3' }
  assertProblem(await fail(proxied, 110, headers), 429, 'RATE_LIMITED')
})

test('headers of both kinds that disagree count for nothing', async () => {
  for (let index = 0; index < 10; index++) {
    const headers = { 'x-forwarded-for': '198.51.100.50', forwarded: `for=203.0.113.${100 + index}` }
    assert.equal((await fail(proxied, 200 + index, headers)).status, 401)
  }
  const headers = { 'x-forwarded-for': '198.51.100.50', forwarded: 'for=203.0.113.200' }
  assertProblem(await fail(proxied, 210, headers), 429, 'RATE_LIMITED')
  assert.equal((await fail(proxied, 211, { 'x-forwarded-for': '198.51.100.50' })).status, 401)
})

test('the log names the client, not the proxy', async () => {
  lines.length = 0
  await proxied.call('GET', '/health/live', { headers: { 'x-forwarded-for': '192.0.2.77' } })
  // A later request is answered after the line of the first one is written.
  await proxied.call('GET', '/health/live')
  assert.ok(lines.some(({ msg, client }) => msg === 'request' && client === '192.0.2.77'))
})
