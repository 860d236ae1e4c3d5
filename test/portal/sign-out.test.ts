import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage } from '#test/browser/portal-page.ts'
import { type PortalServer, startPortalServer } from '#test/portal-server.ts'

// How a session ends, also for the other windows of the browser, which share it.

const skip = withoutChromium
const MATE = { username: 'mate', password: 'of the harbour' }

let server: PortalServer
let browser: Browser
let session: string

before(async () => {
  if (skip !== false) return
  server = await startPortalServer()
  session = await server.session()
  browser = await openChromium()
  await call('admin/createAccount', { name: 'Harbour office', ...MATE })
  await call('webhooks', { url: 'https://receiver.example/of-the-first-user' })
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

async function call(route: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/api/portal/v1/${route}`, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.equal(answer.status, 200, route)
}

async function signInAs(page: Page, { username, password }: typeof MATE): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('another user who signs in sees nothing of the first one in the other window, not even while it waits for the server', {
  skip,
}, async () => {
  const first = await openPortalPage(browser, server.url)
  await first.openSignedIn(session, '/account')
  const second = await openPortalPage(browser, server.url, { context: first.page.context() })
  await second.open('/webhooks')
  const secret = second.page.getByText('of-the-first-user')
  await secret.waitFor()
  // From here on the server is silent to the second window.
  await second.page.route(/\/api\/portal\//, () => {})
  await first.page.getByRole('button', { name: 'Sign out' }).click()
  await second.page.waitForURL(/sign-in/)
  await signInAs(first.page, MATE)
  await second.page.waitForURL(/webhooks$/)
  await second.page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
  assert.equal(await secret.count(), 0)
  assert.equal(await second.page.getByRole('link', { name: 'Administration' }).count(), 0)
})

test('a user signs out although the server is silent', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  await window.openSignedIn(await server.session(), '/account')
  await window.page.route(/auth\/logout/, () => {})
  await window.page.getByRole('button', { name: 'Sign out' }).click()
  await window.page.waitForURL(/sign-in$/)
  assert.equal(await window.page.evaluate("sessionStorage.getItem('chartroom.session')"), null)
})
