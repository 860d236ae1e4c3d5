import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import type { PortalFiles } from '#http/portal-app/portal-files.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage } from '#test/browser/portal-page.ts'
import { type NginxProxy, nginxMissing, startNginx } from '#test/nginx-proxy.ts'
import { builtPortal } from '#test/portal-build.ts'
import { type Fixture, startFixture } from '../http/server-fixture.ts'

// The built portal in a real browser: what its delivery must guarantee, whatever its pages show.

const skip = withoutChromium
/** Something of the portal itself; Mantine's style elements come first. */
const SHOWN = '#root > :not(style)'
/** The first load of the portal may not grow beyond this, compressed with gzip. */
const MOST_FIRST_LOAD_BYTES = 280_000

let files: PortalFiles
let fixture: Fixture
let browser: Browser
before(async () => {
  if (skip !== false) return
  files = await builtPortal()
  fixture = await startFixture({ portal: () => ({ kind: 'ready', files }) })
  browser = await openChromium(['--host-resolver-rules=MAP boat.test 127.0.0.1'])
})
after(async () => {
  await browser?.close()
  await fixture?.[Symbol.asyncDispose]()
})

test('the portal starts under its own security policy without an error, a report or a request to another origin', {
  skip,
}, async () => {
  const window = await openPortalPage(browser, fixture.origin)
  await window.open('/')
  await window.page.waitForSelector(SHOWN)
  assert.deepEqual(window.problems(), [])
  assert.deepEqual(await window.axe(), [])
  await window.close()
})

test('the harness notices what it must: errors, policy reports, foreign requests and findings of axe', { skip }, async () => {
  const window = await openPortalPage(browser, fixture.origin)
  await window.open('/')
  await window.page.waitForSelector(SHOWN)
  await window.page.evaluate(`{
    console.error('an error of the console')
    const style = document.createElement('style')
    style.textContent = 'p { color: red }'
    document.head.append(style)
    const image = document.createElement('img')
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
    document.body.append(image)
  }`)
  // Calls of the harness arrive in order, so that of the listener before it has arrived too.
  await window.page.evaluate(`new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', () => reportPolicyViolation('heard').then(resolve))
    fetch('http://127.0.0.1:9/').catch(() => null)
  })`)
  const problems = window.problems().join('\n')
  for (const expected of [/an error of the console/, /policy: style-src-elem/, /policy: connect-src/])
    assert.match(problems, expected)
  assert.match((await window.axe()).join('\n'), /image-alt/)
  window.forgive(/.*/)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('on plain HTTP under a name, where browsers withhold what needs a secure context, the portal starts too', {
  skip,
}, async () => {
  const window = await openPortalPage(browser, fixture.origin.replace('127.0.0.1', 'boat.test'))
  await window.open('/')
  await window.page.waitForSelector(SHOWN)
  assert.equal(await window.page.evaluate('isSecureContext'), false)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test(`the first load of the jobs, signed in, is at most ${MOST_FIRST_LOAD_BYTES / 1000} kB, compressed`, { skip }, async () => {
  const window = await openPortalPage(browser, fixture.origin)
  const loaded = new Map<string, number>()
  window.page.on('response', (response) => {
    const name = /\/assets\/([^/]+)$/.exec(new URL(response.url()).pathname)?.[1]
    const content = name === undefined ? undefined : files.assets.get(name)?.content
    if (name !== undefined && content !== undefined) loaded.set(name, gzipSync(content, { level: 9 }).length)
  })
  await window.openSignedIn(await fixture.adminSession(), '/jobs')
  await window.page.getByRole('button', { name: 'Start', exact: true }).waitFor()
  const bytes = loaded.values().reduce((sum, size) => sum + size, 0)
  assert.ok(loaded.size >= 2)
  assert.ok(bytes <= MOST_FIRST_LOAD_BYTES, `${bytes} bytes: ${JSON.stringify([...loaded])}`)
  await window.close()
})

test('the portal works in a sub-folder behind nginx, as the documentation configures it', {
  skip: skip || nginxMissing(),
}, async () => {
  let proxied: Fixture | null = null
  let proxy: NginxProxy | null = null
  // nginx must know the server's port, and the server its address behind nginx.
  const reserved = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => reserved.once('listening', resolve))
  const { port } = reserved.address() as AddressInfo
  await new Promise((resolve) => reserved.close(resolve))
  try {
    proxy = await startNginx(port)
    const base = `${proxy.origin}/enc`
    proxied = await startFixture({ portal: () => ({ kind: 'ready', files }), publicUrl: base, port })
    const window = await openPortalPage(browser, base)
    const paths: string[] = []
    window.page.on('response', (response) => paths.push(new URL(response.url()).pathname))
    await window.open('/jobs/0199d5a0-0000-7000-8000-000000000001')
    await window.page.waitForSelector(SHOWN)
    assert.ok(
      paths.some((each) => each.startsWith('/enc/assets/')),
      paths.join('\n'),
    )
    assert.deepEqual(
      paths.filter((each) => path.posix.relative('/enc', each).startsWith('..')),
      [],
    )
    assert.deepEqual(window.problems(), [])
    await window.close()
  } finally {
    await proxied?.[Symbol.asyncDispose]()
    await proxy?.close()
  }
})
