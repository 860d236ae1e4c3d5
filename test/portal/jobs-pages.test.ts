import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { buildPortal } from '#test/portal-build.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// The pages of the portal against the real server and a mirror of invented charts, one of which is damaged.

const skip = withoutChromium
const DAMAGED = 'XX5DEMOB'

let folder: string
let server: ServerProcess
let browser: Browser
let environment: Record<string, string>

before(async () => {
  if (skip !== false) return
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-portal-'))
  const mirror = path.join(folder, 'mirror')
  await writeDemoMirror(mirror)
  const zip = (await readdir(mirror, { recursive: true })).find((name) => name.endsWith(`${DAMAGED}.zip`))
  assert.ok(zip)
  await writeFile(path.join(mirror, zip), 'no zip')
  buildPortal()
  environment = {
    DATA_DIR: path.join(folder, 'data'),
    PUBLIC_CHARTS_URL: `file://${mirror}/ENCProdCat.xml`,
    INITIAL_ADMIN_PASSWORD: 'harbour',
  }
  server = await startServerProcess(environment)
  environment['PORT'] = new URL(server.url).port
  browser = await openChromium(['--host-resolver-rules=MAP boat.test 127.0.0.1'])
})
after(async () => {
  await browser?.close()
  await server?.end('SIGTERM')
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

/** A session of the administrator, by the API. */
async function session(): Promise<string> {
  const response = await fetch(`${server.url}/api/portal/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'harbour' }),
  })
  const { token } = (await response.json()) as { token: { id: string } }
  return token.id
}

async function signIn(window: PortalPage, password = 'harbour'): Promise<void> {
  await window.page.getByLabel('User name').fill('admin')
  await window.page.getByLabel('Password').fill(password)
  await window.page.getByRole('button', { name: 'Sign in' }).click()
}

test('a wrong password is reported, and the right one leads to the requested page', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  await window.open('/account')
  await window.page.waitForURL(/sign-in\?next=\/account/)
  await signIn(window, 'wrong')
  await window.page.getByText('The user name or the password is wrong.').waitFor()
  window.forgive(/401/)
  await signIn(window)
  await window.page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
  await window.close()
})

test('a double click starts one refresh, which is watched to its end and names its failed cell with the reason', {
  skip,
}, async () => {
  const window = await openPortalPage(browser, server.url)
  await window.openSignedIn(await session(), '/jobs')
  await window.page.getByText('The public charts have not been refreshed yet.').waitFor()
  const starts: string[] = []
  window.page.on('request', (request) => {
    if (request.method() === 'POST') starts.push(request.url())
  })
  await window.page.getByRole('button', { name: 'Refresh charts' }).dblclick()
  await window.page.getByRole('link', { name: 'Refresh public charts' }).click()
  assert.deepEqual(starts, [`${server.url}/api/portal/v1/jobs`])
  await window.page.getByText('4 charts indexed, 1 failed', { exact: true }).waitFor()
  const log = window.page.getByRole('log')
  await log
    .getByText(new RegExp(`${DAMAGED}.*could not be`))
    .first()
    .waitFor()
  await window.page.getByRole('button', { name: /^Errors 1/ }).click()
  await window.page.waitForURL(/level=error/)
  assert.deepEqual(await window.axe(), [])
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a restart of the server is shown, and the page recovers by itself', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  await window.openSignedIn(await session(), '/jobs')
  await window.page.locator('[data-freshness=live]').waitFor()
  await server.end('SIGTERM')
  await window.page.locator('[data-freshness=offline], [data-freshness=reconnecting]').waitFor()
  server = await startServerProcess(environment)
  await window.page.locator('[data-freshness=live]').waitFor({ timeout: 60_000 })
  await window.page.getByRole('link', { name: 'Refresh public charts' }).waitFor()
  // Whether a call failed in between depends on how soon the server was back.
  assert.deepEqual(
    window.problems().filter((problem) => !/ERR_|request:/.test(problem)),
    [],
  )
  await window.close()
})

test('a session revoked in mid-edit keeps the page and what was typed', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  const token = await session()
  await window.openSignedIn(token, '/account')
  await window.page.getByLabel('New password').fill('half typed')
  await fetch(`${server.url}/api/portal/v1/auth/logout`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  const dialog = window.page.getByRole('dialog', { name: 'Sign in again' })
  await dialog.waitFor({ timeout: 60_000 })
  await dialog.getByLabel('Password').fill('harbour')
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.equal(await window.page.getByLabel('New password').inputValue(), 'half typed')
  await window.close()
})

test('seven tabs of one browser all load, over plain HTTP by name', { skip }, async () => {
  const origin = server.url.replace('127.0.0.1', 'boat.test')
  const first = await openPortalPage(browser, origin)
  await first.openSignedIn(await session(), '/jobs')
  const tabs = [first]
  for (let n = 1; n < 7; n++) {
    const tab = await openPortalPage(browser, origin, { context: first.page.context() })
    await tab.open('/jobs')
    await tab.page.getByRole('link', { name: 'Refresh public charts' }).waitFor()
    tabs.push(tab)
  }
  await first.close()
})

test('the portal works with only the keyboard', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  await window.openSignedIn(await session(), '/jobs')
  await window.page.getByRole('link', { name: 'Refresh public charts' }).waitFor()
  await window.page.keyboard.press('?')
  await window.page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  await window.page.keyboard.press('Escape')
  await window.page.keyboard.press('j')
  await window.page.keyboard.press('x')
  await window.page.getByText('1 job selected').waitFor()
  await window.page.keyboard.press('Enter')
  await window.page.getByRole('log').waitFor()
  await window.page.keyboard.press('g')
  await window.page.keyboard.press('u')
  await window.page.getByRole('heading', { level: 1, name: 'Account' }).waitFor()
  await window.close()
})

// Night and phone are those of page-states.test.ts.
test('each page is accessible, quiet and fits, in light and dark', { skip }, async () => {
  const token = await session()
  for (const [scheme, viewport] of [
    ['light', 'desk'],
    ['dark', 'desk'],
  ] as const) {
    const window = await openPortalPage(browser, server.url, { scheme, viewport })
    await window.openSignedIn(token, '/jobs')
    for (const [address, title] of [
      ['/jobs', 'Jobs'],
      ['/jobs?state=cancelled', 'Jobs'],
      ['/admin/server', 'Server'],
      ['/jobs/no/such/page', 'Not found'],
    ] as const) {
      await window.open(address)
      await window.page.getByRole('heading', { level: 1, name: title }).waitFor()
      await window.page.locator('[aria-busy]').first().waitFor({ state: 'detached' })
      await window.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).waitFor()
      assert.deepEqual(await window.axe(), [], `${address} ${scheme} ${viewport}`)
      const beyond = await window.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      assert.ok(beyond <= 0, `${address} is ${beyond} pixels too wide (${viewport})`)
    }
    assert.deepEqual(window.problems(), [])
    await window.close()
  }
})
