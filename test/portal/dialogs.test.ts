import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { type PortalServer, startPortalServer } from '#test/portal-server.ts'

// What the dialogs and menus do with the keyboard, against the real server.

const skip = withoutChromium

let server: PortalServer
let browser: Browser
let window: PortalPage

before(async () => {
  if (skip !== false) return
  server = await startPortalServer()
  browser = await openChromium()
  window = await openPortalPage(browser, server.url)
  await window.openSignedIn(await server.session(), '/webhooks')
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

/** Focuses a button and presses Enter. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().focus()
  await page.keyboard.press('Enter')
}

test('a dialog that is left gives the focus back to the button that opened it', { skip }, async () => {
  const { page } = window
  for (const [address, text, button] of [
    ['/webhooks', 'A webhook tells another server', 'New webhook'],
    ['/admin/accounts', '1 account', 'New account'],
    ['/admin/accounts/1', '1 user', 'Rename'],
  ] as const) {
    await window.open(address)
    await page.getByText(text).first().waitFor()
    await press(page, button)
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('button:focus', { hasText: button }).waitFor()
  }
})

test('Escape closes neither a secret that is shown once nor the dialog of a session that ended', { skip }, async () => {
  const { page } = window
  await window.open('/webhooks')
  await press(page, 'New webhook')
  await page.getByRole('dialog').getByRole('textbox').first().fill('https://receiver.example/hook')
  await page.keyboard.press('Enter')
  const secret = page.getByRole('dialog').locator('code')
  await secret.waitFor()
  // Chromium asks the page only about the first press.
  for (let times = 0; times < 3; times++) await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.evaluate('window.stays = true')
  const headers = { authorization: `Bearer ${await held(page)}` }
  await fetch(`${server.url}/api/portal/v1/auth/logout`, { method: 'POST', headers })
  const again = page.getByRole('dialog', { name: 'Sign in again' })
  await again.waitFor()
  for (let times = 0; times < 3; times++) await page.keyboard.press('Escape')
  await again.getByLabel('Password').fill('admin')
  await again.getByRole('button', { name: 'Sign in' }).click()
  await again.waitFor({ state: 'detached' })
  assert.equal(await page.evaluate('window.stays'), true)
  window.forgive(/401/)
  assert.deepEqual(window.problems(), [])
})

test('a button for something new appears with its list, so that it does not move under the keyboard', { skip }, async () => {
  const { page } = window
  for (const [address, list, title, button] of [
    ['/webhooks', '**/api/portal/v1/webhooks*', 'Webhooks', 'New webhook'],
    ['/tokens', '**/api/portal/v1/apiTokens*', 'API tokens', 'Make a token'],
  ] as const) {
    const { promise: released, resolve: answer } = Promise.withResolvers<void>()
    await page.route(list, (route) => released.then(() => route.continue()), { times: 1 })
    const asked = page.waitForRequest(list)
    await window.open(address)
    await asked
    await page.getByRole('heading', { name: title }).first().waitFor()
    assert.equal(await page.getByRole('button', { name: button, exact: true }).count(), 0, address)
    answer()
    await press(page, button)
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
})

test('a menu begins on its first item, is accessible, and gives the focus back', { skip }, async () => {
  const { page } = window
  await window.open('/jobs')
  for (const [button, role, first] of [
    ['Account of admin', 'menuitemradio', 'Account and preferences'],
    ['Start', 'menuitem', 'Refresh public charts'],
  ] as const) {
    await press(page, button)
    await page.locator('[role=menuitem]:focus', { hasText: first }).waitFor()
    await page.getByRole(role).first().waitFor()
    assert.deepEqual(await window.axe(), [], button)
    await page.keyboard.press('Escape')
    await page.locator('button:focus:not([role])').waitFor()
  }
})

/** The session that the window holds. */
async function held(page: Page): Promise<string> {
  return await page.evaluate<string>("JSON.parse(sessionStorage.getItem('chartroom.session')).token")
}
