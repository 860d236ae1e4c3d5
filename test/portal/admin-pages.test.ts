import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { failReads } from '#test/browser/portal-states.ts'
import { type PortalServer, signIn, startPortalServer } from '#test/portal-server.ts'

// The administration, webhooks and preferences against the real server, by an administrator and a user of another account. Each test
// continues with the accounts of the previous one.

const skip = withoutChromium
const MATE = { username: 'mate', password: 'of the harbour' }

interface Message {
  headers: Record<string, string>
  body: string
}

let server: PortalServer
let browser: Browser
let admin: PortalPage
let mate: PortalPage
let receiver: Server
const messages: Message[] = []

before(async () => {
  if (skip !== false) return
  receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    messages.push({ headers: request.headers as Record<string, string>, body })
    response.writeHead(204).end()
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  server = await startPortalServer({ WEBHOOKS_ALLOW_PRIVATE: 'true', BACKUP_PASSPHRASE: 'planted-passphrase' })
  browser = await openChromium()
  admin = await openPortalPage(browser, server.url)
  await admin.openSignedIn(await server.session(), '/jobs')
})
after(async () => {
  await browser?.close()
  receiver?.close()
  await server?.[Symbol.asyncDispose]()
})

/** Fills the fields of the open dialog and sends it. */
async function fill(page: Page, fields: Record<string, string>, verb: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(value)
  await dialog.getByRole('button', { name: verb, exact: true }).click()
}

/** Checks that a page is accessible, fits its window and was quiet so far. */
async function check(window: PortalPage): Promise<void> {
  const wide = await window.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  assert.ok(wide <= 0, `the page is ${wide} pixels wider than its window`)
  assert.deepEqual([...(await window.axe()), ...window.problems()], [])
}

test('an administrator creates an account, and its first token is shown once and works', { skip }, async () => {
  const { page } = admin
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
  // Its key works once the page knows that this is an administrator.
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Administration' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.getByRole('heading', { level: 1, name: 'Accounts' }).waitFor()
  await page.getByText('1 account', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'New account' }).click()
  assert.deepEqual(await admin.axe(), [])
  const fields = { 'Name of the account': 'Harbour office', 'First user': 'admin', Password: MATE.password }
  await fill(page, fields, 'Create account')
  await page.getByText('Is taken.').waitFor()
  admin.forgive(/400/)
  await fill(page, { 'First user': MATE.username }, 'Create account')
  const shown = page.getByRole('dialog', { name: 'Harbour office is ready' })
  const token = (await shown.locator('code').textContent()) ?? ''
  assert.match(token, /^[0-9a-f]{32}$/)
  assert.deepEqual(await admin.axe(), [])
  const answer = await fetch(`${server.url}/api/portal/v1/auth/whoami`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(((await answer.json()) as { username: string }).username, MATE.username)
  await shown.getByRole('button', { name: 'I have saved it' }).click()
  const row = page.getByRole('row', { name: /Harbour office/ })
  await row.getByText('0 B').waitFor()
  await page.getByText('2 accounts', { exact: true }).waitFor()
  assert.ok(!(await page.content()).includes(token), 'the token is on the page')
  await check(admin)
})

test('users are created, renamed and given passwords, and refusals are explained in words', { skip }, async () => {
  const { page } = admin
  await page.getByRole('link', { name: 'Harbour office' }).click()
  await page.getByRole('heading', { level: 1, name: 'Harbour office' }).waitFor()
  const off = page.getByRole('button', { name: 'Delete mate' })
  await off.hover()
  await page.getByText('The only user of an account cannot be deleted: delete the account instead.').waitFor()
  await page.getByRole('button', { name: 'New user' }).click()
  await fill(page, { 'User name': 'deckhand', Password: 'old one' }, 'Create user')
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByRole('button', { name: 'Rename deckhand' }).click()
  await fill(page, { 'User name': 'bosun' }, 'Rename')
  await page.getByText('deckhand signs in as bosun from now on.').waitFor()
  await page.getByRole('button', { name: 'Set password of bosun' }).click()
  await fill(page, { 'New password': 'new one' }, 'Set password')
  await page.getByText(/The password of bosun was set/).waitFor()
  await signIn(server.url, { username: 'bosun', password: 'new one' })
  await page
    .getByRole('table', { name: /API tokens/ })
    .getByRole('row', { name: /bosun/ })
    .waitFor()
  await check(admin)
  await page.getByRole('button', { name: 'Delete bosun' }).click()
  await page.getByText('Charts and styles stay with the account. This cannot be undone.').waitFor()
  await fill(page, {}, 'Delete user')
  await page.getByRole('link', { name: 'Watch the job' }).click()
  await page.getByRole('heading', { level: 1, name: /Delete user/ }).waitFor()
})

test('an administrator revokes a token of another account, and reads before it what stays', { skip }, async () => {
  const { page } = admin
  await admin.open('/admin/accounts')
  await page.getByRole('link', { name: 'Harbour office' }).click()
  const headers = { authorization: `Bearer ${await signIn(server.url, MATE)}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'Chart table' })
  const made = await fetch(`${server.url}/api/portal/v1/apiTokens`, { method: 'POST', headers, body })
  const { id } = (await made.json()) as { id: string }
  await page.reload()
  await page.getByRole('button', { name: 'Revoke Chart table of mate' }).click()
  const dialog = page.getByRole('dialog', { name: 'Revoke Chart table' })
  await dialog.getByText(/^It has never been used\. Programs that use it are refused from now on\./).waitFor()
  await dialog.getByText(/^Other tokens and the sessions of mate stay/).waitFor()
  assert.deepEqual(await admin.axe(), [])
  await dialog.getByRole('button', { name: 'Revoke token' }).click()
  await page.getByRole('button', { name: 'Revoke Chart table of mate' }).waitFor({ state: 'detached' })
  const whoami = `${server.url}/api/portal/v1/auth/whoami`
  assert.equal((await fetch(whoami, { headers: { authorization: `Bearer ${id}` } })).status, 401)
  assert.equal((await fetch(whoami, { headers })).status, 200)
  await check(admin)
})

test('an administrator deletes neither the own account nor the own user', { skip }, async () => {
  const { page } = admin
  await admin.open('/admin/accounts/1')
  await page.getByText('your own', { exact: true }).waitFor()
  // Not by hovering: what loads above a button may move it away from the mouse.
  await page.getByRole('button', { name: 'Delete account' }).focus()
  await page.getByText('You belong to this account, so you cannot delete it.').waitFor()
  await page.getByRole('button', { name: 'Delete admin' }).focus()
  await page.getByText('You cannot delete yourself.').waitFor()
  await check(admin)
})

test('the server page names its processes, and the diagnostics that it saves contain no secret', { skip }, async () => {
  const { page } = admin
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Server' }).click()
  const processes = page.getByRole('table', { name: /Processes that are alive/ })
  await processes.getByText('Serves and runs jobs').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download diagnostics' }).click()
  const file = await download
  assert.match(file.suggestedFilename(), /^chartroom-diagnostics-\d{4}-\d\d-\d\d\.json$/)
  const text = await readFile(await file.path(), 'utf8')
  const { instance, log } = JSON.parse(text) as {
    instance: { settings: { name: string; value: string }[]; processes: unknown[] }
    log: { msg?: string }[]
  }
  assert.equal(instance.settings.find(({ name }) => name === 'BACKUP_PASSPHRASE')?.value, 'set')
  assert.equal(instance.processes.length, 1)
  assert.ok(log.length > 0)
  assert.ok(!text.includes('planted-passphrase'))
  await check(admin)
})

test('a user who is not an administrator is told who may see the administration, and requests none of it', { skip }, async () => {
  mate = await openPortalPage(browser, server.url, { scheme: 'night', viewport: 'phone' })
  const asked: string[] = []
  mate.page.on('request', (request) => void asked.push(new URL(request.url()).pathname))
  await mate.openSignedIn(await signIn(server.url, MATE), '/admin/accounts')
  for (const address of ['/admin/accounts', '/admin/accounts/1', '/admin/server']) {
    await mate.open(address)
    await mate.page.getByText(/Only administrators see this page/).waitFor()
  }
  await check(mate)
  await mate.page.getByRole('button', { name: 'More' }).click()
  await mate.page.getByRole('menuitem', { name: 'Webhooks' }).waitFor()
  assert.equal(await mate.page.getByRole('menuitem', { name: 'Administration' }).count(), 0)
  assert.deepEqual(
    asked.filter((path) => path.includes('/portal/v1/admin/')),
    [],
  )
})

test('a user creates a webhook on a phone, and its secret verifies the test message', { skip }, async () => {
  const { page } = mate
  await page.getByRole('menuitem', { name: 'Webhooks' }).click()
  await page.getByText(/A webhook tells another server/).waitFor()
  await page.getByRole('button', { name: 'New webhook' }).click()
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  await page.getByRole('checkbox', { name: 'Completed' }).uncheck()
  assert.deepEqual(await mate.axe(), [])
  await fill(page, { Address: address }, 'Create webhook')
  const secret = (await page.getByRole('dialog').locator('code').textContent()) ?? ''
  assert.match(secret, /^whsec_/)
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByText('Nothing has been sent yet.').waitFor()
  await page.getByText('Jobs that failed or were cancelled').waitFor()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText(/^Accepted with 204 in \d+ ms$/).waitFor()
  const [message] = messages
  assert.ok(message)
  assert.equal((new Webhook(secret).verify(message.body, message.headers) as { type: string }).type, 'test')
  await check(mate)
})

test('a webhook is paused, gets a new secret, and is invisible to other accounts', { skip }, async () => {
  const { page } = mate
  const address = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByRole('checkbox', { name: /^Active/ }).uncheck()
  await fill(page, {}, 'Save')
  await page.getByText(/^Paused/).waitFor()
  await page.getByRole('button', { name: 'New secret' }).click()
  await fill(page, {}, 'Make a new secret')
  await page.getByRole('dialog', { name: 'The new secret' }).locator('code').waitFor()
  await page.getByRole('button', { name: 'I have saved it' }).click()

  await admin.open('/webhooks')
  await admin.page.getByText(/A webhook tells another server/).waitFor()
  await check(admin)
  await admin.open(address)
  await admin.page.getByText(/It was deleted, it belongs to another account/).waitFor()
  admin.forgive(/404/)

  await page.getByRole('button', { name: 'Delete' }).click()
  await fill(page, {}, 'Delete webhook')
  await page.getByText(/A webhook tells another server/).waitFor()
})

test('reads that fail are reported on each page, with a way to try again', { skip }, async () => {
  const window = await openPortalPage(browser, server.url, { scheme: 'dark' })
  await failReads(window.page, /\/api\/portal\/v1\/(?:admin|webhooks)/)
  await window.openSignedIn(await server.session(), '/admin/accounts')
  for (const address of ['/admin/accounts', '/webhooks/1']) {
    await window.open(address)
    await window.page.getByText('Something went wrong in the server.').first().waitFor()
    await window.page.getByRole('button', { name: 'Try again' }).first().waitFor()
    assert.deepEqual(await window.axe(), [], address)
  }
  window.forgive(/500/)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('the preferences set how the map writes positions and distances', { skip }, async () => {
  const { page } = admin
  await admin.open('/account')
  await page.getByRole('group', { name: 'Depths' }).getByRole('button', { name: 'Feet' }).click()
  await page.getByRole('group', { name: 'Heights' }).getByRole('button', { name: 'Feet' }).click()
  await page.getByRole('group', { name: 'Distances' }).getByRole('button', { name: 'Kilometres' }).click()
  await page.getByLabel('Positions').selectOption('Decimal degrees')
  await page.getByText('32.03100°N 080.85100°W').waitFor()
  await check(admin)
  await page.reload()
  await page.getByRole('group', { name: 'Depths' }).getByRole('button', { name: 'Feet', pressed: true }).waitFor()
  const style = page.waitForRequest((request) => /base\.json.*depthUnits=feet/.test(request.url()))
  await admin.open('/map?at=42.5,-35.25,12')
  await style
  await page.getByText('42.50000°N 035.25000°W').waitFor()
  await page.getByRole('img', { name: /^Scale bar, \d+ km$/ }).waitFor()
  await page.getByRole('img', { name: /^Scale bar, \d+ ft$/ }).waitFor()
  await page.getByRole('button', { name: 'Display', exact: true }).click()
  await page.getByRole('button', { name: 'Fathoms' }).click()
  await page.waitForURL(/units=fathoms/)
  await admin.open('/account')
  await page.getByRole('group', { name: 'Depths' }).getByRole('button', { name: 'Fathoms', pressed: true }).waitFor()
})

test('a deletion names what goes with the account, ends its sessions and leads to its job', { skip }, async () => {
  const { page } = admin
  await admin.open('/admin/accounts')
  await page.getByRole('link', { name: 'Harbour office' }).click()
  await page.getByRole('button', { name: 'Rename', exact: true }).click()
  await fill(page, { Name: 'Old harbour' }, 'Rename')
  await page.getByRole('heading', { level: 1, name: 'Old harbour' }).waitFor()
  await page.getByRole('button', { name: 'Delete account' }).click()
  await page.getByText('The account is deleted with 1 user and 1 API token, and with its jobs and reports.').waitFor()
  assert.deepEqual(await admin.axe(), [])
  await fill(page, {}, 'Delete account')
  await page.getByText(/Old harbour is closed/).waitFor()
  await check(admin)
  await page.getByRole('link', { name: 'Watch the job that deletes it' }).click()
  await page.getByRole('heading', { level: 1, name: /Delete account/ }).waitFor()
  await page.getByText('Completed', { exact: true }).first().waitFor()
  await mate.page.reload()
  await mate.page.getByRole('dialog').waitFor()
  mate.forgive(/401/)
  await admin.open('/admin/accounts')
  await page.getByText('1 account', { exact: true }).waitFor()
  assert.deepEqual(admin.problems(), [])
})
