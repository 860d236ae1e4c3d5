import assert from 'node:assert/strict'
import os from 'node:os'
import { test } from 'node:test'
import { createOperationsServer } from '#http/operations-server.ts'
import { silentLog } from '#lib/log.ts'
import { createMetrics } from '#lib/metrics.ts'
import { freePort } from '#test/free-port.ts'
import { listenAt } from './listen-at.ts'

const hasIpv6 = Object.values(os.networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'))

function createAnyServer() {
  const metrics = createMetrics({ onError: () => undefined })
  const { trustedProxies, publicUrl } = { trustedProxies: [], publicUrl: null }
  return createOperationsServer({ trustedProxies, publicUrl, log: silentLog(), metrics, health: [], whyUnavailable: () => null })
}

test('the address of a server that listens on IPv6 can be opened', { skip: !hasIpv6 && 'this machine has no IPv6' }, async () => {
  const server = createAnyServer()
  try {
    const url = await listenAt(server, '::1', await freePort())
    assert.match(url, /^http:\/\/\[::1\]:\d+$/)
    assert.equal((await fetch(`${url}/health/live`)).status, 200)
  } finally {
    await server.close()
  }
})

test('an address that cannot be listened on is refused by the name of its setting', async () => {
  for (const [host, message] of [
    ['203.0.113.7', /^Error: HOST 203\.0\.113\.7 is not an address of this machine$/],
    ['no-such-host.invalid', /^Error: HOST no-such-host\.invalid is not an address of this machine$/],
    ...(hasIpv6
      ? [['fe80::1', /^Error: HOST fe80::1 (cannot be listened on: it takes an address|is not an address)/] as const]
      : []),
  ] as const) {
    const server = createAnyServer()
    await assert.rejects(listenAt(server, host, await freePort()), message)
    await server.close()
  }
})
