import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkRestrictions, originAllowed } from '#accounts/tokens/host-restrictions.ts'
import { isHost, matchingEntry, testAddress } from '../../portal/src/pages/tokens/host-rule.ts'

// The portal knows the server only by its API, so it repeats the rule for hosts. These tests keep the two in agreement.

const hostname = fc.constantFrom(
  'example.com',
  'Example.COM',
  'www.example.com',
  'localhost',
  '[::1]',
  '192.0.2.1',
  'bücher.example',
  '*',
)
const scheme = fc.constantFrom('', 'http://', 'https://', 'capacitor://', '://')
const port = fc.constantFrom('', ':80', ':443', ':8443', ':99999', ':')
const end = fc.constantFrom('', '', '', '/', '/map', ' ', '?x', '#', '@')
const text = fc.tuple(scheme, hostname, port, end).map((parts) => parts.join(''))

test('the portal and the server say the same of any host and origin', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), fc.oneof(text, fc.constant('null')), (entry, origin) => {
      assert.equal(matchingEntry([entry], origin) !== null, originAllowed({ hosts: [entry] }, origin))
      assert.equal(isHost(entry), isAccepted(entry))
    }),
    { numRuns: 2_000 },
  )
})

test('an address is tested by the origin that a browser names for its pages', () => {
  const hosts = ['charts.example', 'https://boat.example:8443']
  const of = (address: string) => testAddress(hosts, address)
  assert.deepEqual(of('https://charts.example/map?at=1#x'), {
    kind: 'allowed',
    origin: 'https://charts.example',
    entry: 'charts.example',
  })
  assert.deepEqual(of(' CHARTS.example/map '), { kind: 'allowed', origin: 'https://charts.example', entry: 'charts.example' })
  assert.equal(of('https://boat.example:8443/').kind, 'allowed')
  assert.deepEqual(of('http://boat.example:8443/'), { kind: 'refused', origin: 'http://boat.example:8443' })
  assert.equal(of('https://www.charts.example').kind, 'refused')
  assert.equal(of('file:///home/me/charts.html').kind, 'no-host')
  assert.equal(of('not an address').kind, 'no-address')
  assert.equal(testAddress([], 'file:///home/me/charts.html').kind, 'any')
})

function isAccepted(host: string): boolean {
  try {
    checkRestrictions({ hosts: [host] })
    return true
  } catch {
    return false
  }
}
