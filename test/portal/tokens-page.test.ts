import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { connect } from '#cli/client/api-client.ts'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { drawSnippet } from '#test/browser/snippet-page.ts'
import { type PortalServer, signIn, startPortalServer } from '#test/portal-server.ts'
import { refreshCharts } from '#test/refresh-charts.ts'

// The page of tokens, and the sessions of the account page, against the real server with the invented coast. Each test continues with the
// tokens of the previous one.

const skip = withoutChromium
const NAME = 'Plotter on the bridge'
const OTHER = { name: 'Second Boat', username: 'mate', password: 'second boat' }
const COLLEAGUE = { username: 'colleague', password: 'same account' }

let folder: string
let server: PortalServer
let browser: Browser
let window: PortalPage
let session: string
/** The bearer string of the token that the tests make. */
let token: string

before(async () => {
  if (skip !== false) return
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-tokens-'))
  await writeDemoMirror(folder)
  server = await startPortalServer({
    PUBLIC_CHARTS_URL: pathToFileURL(path.join(folder, 'ENCProdCat.xml')).href,
    PUBLIC_CHARTS_FILTER: 'XX5DEMOA',
  })
  await refreshCharts({ api: () => connect(server.url, 'admin', 'admin') })
  session = await server.session()
  await post('admin/createAccount', OTHER)
  browser = await openChromium()
  window = await openPortalPage(browser, server.url)
  await window.openSignedIn(session, '/tokens')
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

async function post(route: string, body: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/api/portal/v1/${route}`, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.equal(answer.status, 200, await answer.text())
}

/** Runs in the page. */
async function widthOf(image: unknown): Promise<number> {
  const picture = image as { decode(): Promise<void>; naturalWidth: number }
  await picture.decode()
  return picture.naturalWidth
}

/** The snippet for a program, as the page prints it. */
async function snippet(program: string): Promise<string> {
  await window.page.getByRole('button', { name: program, exact: true }).click()
  const text = await window.page.getByRole('region', { name: `Snippet for ${program}` }).textContent()
  assert.ok(text)
  assert.ok(text.includes(server.url), `the snippet for ${program} lacks the address of the server`)
  assert.ok(!text.includes(session), `the snippet for ${program} has the session`)
  return text
}

test('a token is made after its hosts were tried on addresses, and leads to its snippets', { skip }, async () => {
  const { page } = window
  await page.getByText('With a token a map, a plotter or a script uses the charts').waitFor()
  assert.deepEqual(await window.axe(), [])
  await page.getByRole('button', { name: 'Make a token' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a token' })
  await dialog.getByLabel('Name').fill(NAME)
  const hosts = dialog.getByLabel('Hosts that may use it from a page')
  await hosts.fill('https://charts.example/map')
  await hosts.press('Enter')
  await dialog.getByText(/^A host is a name such as example\.com/).waitFor()
  await hosts.fill('charts.example')
  await hosts.press('Enter')
  await dialog.getByRole('list', { name: 'Hosts' }).getByText('charts.example').waitFor()
  const address = dialog.getByLabel('Test the address of a page')
  await address.fill('https://charts.example/map')
  await dialog.getByText('It may use the token: https://charts.example matches charts.example.').waitFor()
  await address.fill('https://other.example')
  await dialog.getByText('It may not use the token: no host matches https://other.example.').waitFor()
  assert.deepEqual(await window.axe(), [])
  await dialog.getByRole('button', { name: 'Remove charts.example' }).click()
  await dialog.getByText(/^Empty: any page\./).waitFor()
  await dialog.getByRole('button', { name: 'Make token' }).click()
  await page.getByRole('heading', { level: 1, name: NAME }).waitFor()
  token = (await page.locator('main code').first().textContent()) ?? ''
  assert.match(token, /^[0-9a-f]{32}$/)
  assert.notEqual(token, session)
  assert.ok(!page.url().includes(token), 'no address holds a bearer string')
  assert.deepEqual(await window.axe(), [])
})

test('a trial fetches one tile with the token, and shows status, bytes, milliseconds and the tile', { skip }, async () => {
  const { page } = window
  await page.getByRole('button', { name: 'Fetch a tile' }).click()
  await page
    .locator('main')
    .getByText(/^200 OK, [\d.,]+ k?B, [\d,]+ ms$/)
    .waitFor()
  const picture = page.getByRole('img', { name: 'The tile that was fetched' })
  await picture.waitFor()
  assert.equal(await picture.evaluate(widthOf), 256)
})

for (const program of ['MapLibre', 'OpenLayers', 'Leaflet']) {
  test(`the snippet for ${program} draws the charts as it is printed`, { skip }, async (t) => {
    const { pixels, problems } = await drawSnippet(browser, await snippet(program), server.url)
    t.diagnostic(JSON.stringify(pixels))
    assert.deepEqual(problems, [])
  })
}

test('the snippet for curl fetches a tile as it is printed', { skip }, async () => {
  const text = await snippet('curl')
  assert.ok(text.includes(token))
  await promisify(execFile)('sh', ['-c', text], { cwd: folder })
  const tile = await readFile(path.join(folder, 'tile.png'))
  assert.deepEqual([...tile.subarray(1, 4)], [...Buffer.from('PNG')])
})

test('the addresses for QGIS and SignalK lead to tiles', { skip }, async () => {
  const entry = JSON.parse(await snippet('SignalK')) as { url: string; serverType: string }
  assert.equal(entry.serverType, 'tilelayer')
  for (const url of [await snippet('QGIS'), entry.url]) {
    const answer = await fetch(url.replace('{z}', '3').replace('{x}', '3').replace('{y}', '2'))
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'image/png')
  }
})

test('a user of another account sees neither the token nor its page, and the token of that account stays there', {
  skip,
}, async () => {
  const shown = new URL(window.page.url())
  const foreign = await openPortalPage(browser, server.url)
  await foreign.openSignedIn(await signIn(server.url, OTHER), '/tokens')
  const rows = foreign.page.getByRole('table', { name: /^API tokens/ }).getByRole('row')
  await rows.nth(1).getByRole('cell', { name: 'mate' }).waitFor()
  assert.equal(await rows.count(), 2)
  assert.equal(await foreign.page.getByText(NAME).count(), 0)
  await foreign.open(shown.pathname + shown.search)
  await foreign.page.getByText(/^There is no such token/).waitFor()
  assert.equal(await foreign.page.getByText(token).count(), 0)
  assert.deepEqual([...(await foreign.axe()), ...foreign.problems()], [])
  await foreign.close()
  await window.page.getByRole('link', { name: 'Tokens' }).first().click()
  await window.page.getByRole('row', { name: new RegExp(NAME) }).waitFor()
  assert.equal(await window.page.getByText('mate').count(), 0)
})

test('a user of the same account sees that an administrator has a token, but not which', { skip }, async () => {
  await post('admin/createUser', { accountId: 1, ...COLLEAGUE })
  const reader = await openPortalPage(browser, server.url, { viewport: 'phone', scheme: 'night' })
  await reader.openSignedIn(await signIn(server.url, COLLEAGUE), '/tokens')
  const row = reader.page.getByRole('row', { name: new RegExp(NAME) })
  await row.getByText('Only administrators see the tokens of administrators.').waitFor()
  assert.equal(await row.getByRole('button', { name: /^Reveal/ }).count(), 0)
  assert.deepEqual([...(await reader.axe()), ...reader.problems()], [])
  await reader.close()
})

test('a token in the list is masked until it is revealed', { skip }, async () => {
  const row = window.page.getByRole('row', { name: new RegExp(NAME) })
  await row.getByText(`•••• ${token.slice(-4)}`).waitFor()
  assert.equal(await window.page.getByText(token).count(), 0)
  await row.getByRole('button', { name: 'Reveal' }).click()
  await row.getByText(token).waitFor()
  assert.deepEqual(await window.axe(), [])
})

test('revoking says when the token was last used, and refuses it from then on', { skip }, async () => {
  const { page } = window
  await page.getByRole('button', { name: `Revoke ${NAME}` }).click()
  const dialog = page.getByRole('dialog', { name: `Revoke ${NAME}` })
  await dialog.getByText(/^It was last used .+ (ago|now)\. Programs that use it are refused/).waitFor()
  assert.deepEqual(await window.axe(), [])
  await dialog.getByRole('button', { name: 'Revoke token' }).click()
  await page.getByRole('row', { name: new RegExp(NAME) }).waitFor({ state: 'detached' })
  const answer = await fetch(`${server.url}/api/v2/tiles/enc-raster-v2/0/0/0.png?token=${token}`)
  assert.equal(answer.status, 401)
  assert.deepEqual(window.problems(), [])
})

test('another session is ended from the account page, and a new password ends the rest', { skip }, async () => {
  const others = [await signIn(server.url, OTHER), await signIn(server.url, OTHER)]
  const statuses = async () => {
    const asked = others.map(async (bearer) => {
      const headers = { authorization: `Bearer ${bearer}` }
      return (await fetch(`${server.url}/api/portal/v1/auth/whoami`, { headers })).status
    })
    return await Promise.all(asked)
  }
  const own = await openPortalPage(browser, server.url)
  await own.openSignedIn(await signIn(server.url, OTHER), '/account')
  const sessions = own.page.getByRole('region', { name: 'Sessions' }).getByRole('listitem')
  await own.page.getByText('This session').waitFor()
  // That of the other account's test is there too.
  assert.equal(await sessions.count(), 4)
  await sessions.nth(1).getByRole('button', { name: /^End/ }).click()
  await sessions.nth(3).waitFor({ state: 'detached' })
  assert.deepEqual((await statuses()).sort(), [200, 401])
  await own.page.getByText('Your other sessions end when the password changes. This one stays.').waitFor()
  await own.page.getByLabel('New password').fill('third boat')
  await own.page.getByLabel('The same again').fill('third boat')
  await own.page.getByRole('button', { name: 'Change password' }).click()
  await own.page.getByText('The password was changed. Other sessions of yours have ended.').waitFor()
  await sessions.nth(1).waitFor({ state: 'detached' })
  await own.page.getByText('This session').waitFor()
  assert.deepEqual(await statuses(), [401, 401])
  assert.deepEqual([...(await own.axe()), ...own.problems()], [])
  await own.close()
})
