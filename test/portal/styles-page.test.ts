import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Browser, Page } from 'playwright-core'
import { connect } from '#cli/client/api-client.ts'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { type PortalServer, signIn, startPortalServer } from '#test/portal-server.ts'
import { refreshCharts } from '#test/refresh-charts.ts'

// The pages of styles against the real server and the invented coast. Each test continues with the style of the previous one.

const skip = withoutChromium
const LAND = '#bfbe8f'
const ROSE = '#aa3366'
const MINT = '#66ccaa'

let folder: string
let server: PortalServer
let browser: Browser
let session: string
let window: PortalPage
/** Longitude and latitude of ground that is land and nothing else. */
let ground: [number, number]

before(async () => {
  if (skip !== false) return
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-styles-'))
  await writeDemoMirror(folder)
  server = await startPortalServer({ PUBLIC_CHARTS_URL: pathToFileURL(path.join(folder, 'ENCProdCat.xml')).href })
  await refreshCharts({ api: () => connect(server.url, 'admin', 'admin') })
  session = await server.session()
  ground = await findLand()
  browser = await openChromium()
  window = await openPortalPage(browser, server.url)
  const place = JSON.stringify(`${ground[1]},${ground[0]},14`)
  await window.page.addInitScript({
    content: `localStorage.getItem('chartroom.place') ?? localStorage.setItem('chartroom.place', ${place})`,
  })
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

async function call<T>(method: string, route: string, body?: unknown, token = session): Promise<{ status: number; body: T }> {
  const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
  const answer = await fetch(server.url + route, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T }
}

/** The list of cells is read again within moments of a refresh, so the first answers may be empty. */
async function findLand(): Promise<[number, number]> {
  for (let turn = 0; turn < 400; turn++) {
    const position = { longitude: -34.96 + (turn % 20) * 0.004, latitude: 42.97 + Math.floor((turn % 100) / 20) * 0.004 }
    const body = { position, radius: 150, zoom: 14 }
    const { results } = (await call<{ results: { layerId: string }[] }>('POST', '/api/v1/enc_query', body)).body
    const classes = new Set(results.map(({ layerId }) => layerId).filter((name) => !/^M_/.test(name)))
    if (classes.has('LNDARE') && classes.size === 1) return [position.longitude, position.latitude]
  }
  throw new Error('the invented coast has no bare land')
}

interface Style {
  id: number
  name: string
  parameters: { colors: Record<string, string>; settings: Record<string, unknown> }
}

const savedStyle = async () => (await call<Style[]>('GET', '/api/portal/v1/styles')).body.at(-1) as Style
const button = (name: string) => window.page.getByRole('button', { name, exact: true })

/** Waits until the middle of the map is of a colour. */
async function middleIs(page: Page, colour: string): Promise<void> {
  const box = await page.locator('canvas').first().boundingBox()
  assert.ok(box)
  const clip = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2), width: 1, height: 1 }
  let seen = ''
  for (let turn = 0; turn < 400 && seen !== colour; turn++) seen = await pixelOf(await page.screenshot({ clip }), 0, 0)
  assert.equal(seen, colour)
}

async function pixelOf(picture: Buffer, x: number, y: number): Promise<string> {
  const context = createCanvas(1, 1).getContext('2d')
  context.drawImage(await loadImage(picture), -x, -y)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** Gives a swatch a colour as the browser's dialog does. @returns milliseconds until the frame that has it in the middle of the map. */
async function paint(page: Page, label: string, colour: string): Promise<number> {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).join()
  return await page.evaluate<number>(`(async () => {
    const swatch = document.querySelector('[aria-label="${label}"]')
    const map = document.querySelector('canvas')
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 1
    const context = canvas.getContext('2d', { willReadFrequently: true })
    const from = performance.now()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(swatch, '${colour}')
    swatch.dispatchEvent(new Event('input', { bubbles: true }))
    for (let frame = 0; frame < 600; frame++) {
      await new Promise(requestAnimationFrame)
      context.drawImage(map, map.width / 2, map.height / 2, 1, 1, 0, 0, 1, 1)
      if (context.getImageData(0, 0, 1, 1).data.slice(0, 3).join() !== '${wanted}') continue
      swatch.dispatchEvent(new Event('change', { bubbles: true }))
      return performance.now() - from
    }
    throw new Error('the map does not show the colour')
  })()`)
}

test('a new style is made of a theme and opens in its editor', { skip }, async () => {
  const { page } = window
  await window.openSignedIn(session, '/styles')
  await page.getByText('A style is a set of colours and settings of your own.').waitFor()
  assert.deepEqual(await window.axe(), [])
  await button('New style').click()
  await page.getByLabel('Name').fill('Bridge')
  assert.deepEqual(await window.axe(), [])
  await button('Make it').click()
  await page.waitForURL(/\/styles\/\d+$/)
  await page.getByRole('heading', { level: 1, name: 'Bridge' }).waitFor()
  await middleIs(page, LAND)
  assert.deepEqual(await window.axe(), [])
})

test('a land colour shows on the map, is undone and redone, and a client that uses the style by id has it once it is saved', {
  skip,
}, async (context) => {
  const { page } = window
  const took = await paint(page, 'Land: colour', ROSE)
  context.diagnostic(`drawn after ${Math.round(took)} ms`)
  await page.keyboard.press('Control+z')
  await middleIs(page, LAND)
  await page.keyboard.press('Control+Shift+z')
  await middleIs(page, ROSE)
  const { id } = await savedStyle()
  assert.equal(await landOfTile(id), LAND, 'nothing is saved yet')
  await page.keyboard.press('Control+s')
  await button('Saved').waitFor()
  assert.deepEqual((await savedStyle()).parameters.colors, { LANDA: ROSE })
  const { layers } = (
    await call<{ layers: { id: string; paint?: Record<string, unknown> }[] }>('GET', `/api/v1/styles/base.json?styleId=${id}`)
  ).body
  assert.equal(layers.find((layer) => layer.id === 's57_lndare')?.paint?.['fill-color'], ROSE)
  assert.equal(await landOfTile(id), ROSE)
})

/** The colour of the land in the raster tiles of a style. */
async function landOfTile(id: number): Promise<string> {
  const size = 2 ** 14 * 256
  const angle = (ground[1] * Math.PI) / 180
  const x = Math.floor(((ground[0] + 180) / 360) * size)
  const y = Math.floor(((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * size)
  const address = `${server.url}/api/v2/tiles/enc-raster-v2/14/${x >> 8}/${y >> 8}.png?styleId=${id}`
  const answer = await fetch(address, { headers: { authorization: `Bearer ${session}` } })
  assert.equal(answer.status, 200)
  return await pixelOf(Buffer.from(await answer.arrayBuffer()), x & 255, y & 255)
}

test('a click on the map puts the colours of what is there first, and what became hard to see is reported', {
  skip,
}, async () => {
  const { page } = window
  await page.locator('canvas').first().click()
  const found = page.getByRole('region', { name: 'Where you clicked' })
  await found.getByText('LANDA').waitFor()
  await found.getByLabel('Land: hex', { exact: true }).fill('#101010')
  await page.getByText(/^Text on land has a contrast of 1\.1:1; 4\.5:1 can be read well/).waitFor()
  await page.getByLabel('Search colours').fill('shallow')
  await page.getByLabel('Between the shallow contour and the safety contour: hex').fill('62b8ff')
  await page.getByText(/^Water short of the safety contour and shallow water look almost alike/).waitFor()
  assert.deepEqual(await window.axe(), [])
  await page.getByLabel('Search colours').fill('')
  await page.getByRole('checkbox', { name: 'Changed only' }).click()
  await page.getByText('2 colours', { exact: true }).waitFor()
  await page.getByRole('checkbox', { name: 'Changed only' }).click()
  await button('Undo').click()
  await button('Undo').click()
  await button('Saved').waitFor()
})

test('a click while the chart is on its way tells the colours of the place once they are known', { skip }, async () => {
  const { page } = window
  const release = Promise.withResolvers<void>()
  const tiles = /\/tiles\/enc-v2\//
  await page.route(tiles, async (route) => {
    await release.promise
    await route.continue()
  })
  await page.reload()
  await page.locator('canvas').first().click()
  const found = page.getByRole('region', { name: 'Where you clicked' })
  await found.getByText('The chart is still being drawn.').waitFor()
  release.resolve()
  await found.getByText('LANDA').waitFor()
  await page.unroute(tiles)
})

test('the saved style and the theme are shown beside the edited one, up to a line that moves', { skip }, async () => {
  const { page } = window
  await paint(page, 'Land: colour', MINT)
  await button('Compare').click()
  await page.getByRole('menuitem', { name: 'With the saved style' }).click()
  const slider = page.getByRole('slider', { name: /^Part of the map that shows: Saved/ })
  await slider.fill('100')
  await page.locator('canvas').nth(1).waitFor()
  await middleIs(page, ROSE)
  await button('Compare').click()
  await page.getByRole('menuitem', { name: 'With the theme' }).click()
  await middleIs(page, LAND)
  assert.deepEqual(await window.axe(), [])
  await page.getByRole('slider', { name: /^Part of the map that shows: Theme/ }).fill('0')
  await middleIs(page, MINT)
  await button('Compare').click()
  await page.getByRole('menuitem', { name: 'Stop comparing' }).click()
})

test('leaving with unsaved changes asks first, and the draft is restored after returning and after a reload', {
  skip,
}, async () => {
  const { page } = window
  const address = page.url()
  await page.getByRole('link', { name: 'Jobs', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.waitFor()
  assert.deepEqual(await window.axe(), [])
  await dialog.getByRole('button', { name: 'Stay' }).click()
  assert.equal(page.url(), address)
  await page.getByRole('link', { name: 'Jobs', exact: true }).click()
  await dialog.getByRole('button', { name: 'Leave, keep the draft' }).click()
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
  await page.goBack()
  await page.getByText('Your changes of an earlier visit are here again.').waitFor()
  await middleIs(page, MINT)
  const asked = page.waitForEvent('dialog')
  const reloaded = page.reload()
  const question = await asked
  assert.equal(question.type(), 'beforeunload')
  await question.accept()
  await reloaded
  await page.getByText('Your changes of an earlier visit are here again.').waitFor()
  assert.equal(await page.getByLabel('Land: hex', { exact: true }).inputValue(), MINT)
  await button('Undo').click()
  await button('Saved').waitFor()
  assert.equal(await page.getByLabel('Land: hex', { exact: true }).inputValue(), ROSE)
  await button('Redo').click()
})

test('an expired session keeps the draft, and saves nothing before the user says so again', { skip }, async () => {
  const { page } = window
  await call('POST', '/api/portal/v1/auth/logout')
  session = await server.session()
  // The page may know already that the session is over, and its dialog then lies above the button.
  await page.locator('button', { hasText: /^Save$/ }).dispatchEvent('click')
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await dialog.getByLabel('Password').fill('admin')
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('Your session ended before this was done. Sign in and try again.').waitFor()
  assert.equal(await page.getByLabel('Land: hex', { exact: true }).inputValue(), MINT)
  assert.deepEqual((await savedStyle()).parameters.colors, { LANDA: ROSE })
  await button('Save').click()
  await button('Saved').waitFor()
  assert.deepEqual((await savedStyle()).parameters.colors, { LANDA: MINT })
  window.forgive(/401/)
})

test('a style that was changed elsewhere in the meantime is not overwritten before the user knows', { skip }, async () => {
  const { page } = window
  const { id, parameters } = await savedStyle()
  await call('POST', `/api/portal/v1/styles/${id}`, { parameters: { ...parameters, colors: { LANDA: '#010203' } } })
  await page.getByLabel('Land: hex', { exact: true }).fill(ROSE)
  await button('Save').click()
  const dialog = page.getByRole('dialog', { name: 'Changed by someone else meanwhile' })
  await dialog.getByText(/It differs from yours in 1 colour\./).waitFor()
  assert.deepEqual(await window.axe(), [])
  await dialog.getByRole('button', { name: 'Take the saved style' }).click()
  await button('Saved').waitFor()
  assert.equal(await page.getByLabel('Land: hex', { exact: true }).inputValue(), '#010203')
  await button('Undo').click()
  await button('Save').click()
  await button('Saved').waitFor()
  assert.deepEqual((await savedStyle()).parameters.colors, { LANDA: ROSE })
  window.forgive(/412/)
})

test('a style that is changed elsewhere between the save and its arrival keeps the other change until the user says to save over it', {
  skip,
}, async () => {
  const { page } = window
  const { id, parameters } = await savedStyle()
  const elsewhere = (colors: Record<string, string>) =>
    call('POST', `/api/portal/v1/styles/${id}`, { parameters: { ...parameters, colors } })
  const twoColours = { LANDA: '#040506', DEPDW: '#070809' }
  await page.route(
    new RegExp(`/styles/${id}$`),
    async (route) => {
      await elsewhere({ LANDA: '#010203' })
      await route.continue()
    },
    { times: 1 },
  )
  await page.getByLabel('Land: hex', { exact: true }).fill(MINT)
  await button('Save').click()
  const dialog = page.getByRole('dialog', { name: 'Changed by someone else meanwhile' })
  await dialog.waitFor()
  assert.deepEqual((await savedStyle()).parameters.colors, { LANDA: '#010203' })
  await elsewhere(twoColours)
  await dialog.getByRole('button', { name: 'Save mine over it' }).click()
  // The words of the first change would be there already.
  await dialog.getByText(/It differs from yours in 2 colours\./).waitFor()
  assert.deepEqual((await savedStyle()).parameters.colors, twoColours, 'what the user has not seen')
  await dialog.getByRole('button', { name: 'Save mine over it' }).click()
  await button('Saved').waitFor()
  assert.deepEqual((await savedStyle()).parameters.colors, { LANDA: MINT })
  window.forgive(/412/)
  await page.getByLabel('Land: hex', { exact: true }).fill(ROSE)
  await button('Save').click()
  await button('Saved').waitFor()
})

test('settings act on the map and are saved, and the server says what it does not accept', { skip }, async () => {
  const { page } = window
  await button('Settings').click()
  await page.getByLabel('Safety depth, m').fill('7.5')
  await page.getByLabel('Depths in').selectOption('feet')
  await page.getByLabel('Address of its tiles').fill('nowhere')
  await page.getByText(/must be an http or https URL with \{z\}, \{x\} and \{y\}/).waitFor()
  assert.deepEqual(await window.axe(), [])
  window.forgive(/400/)
  await page.getByLabel('Address of its tiles').fill('')
  await page.getByText(/must be an http or https URL/).waitFor({ state: 'detached' })
  await button('Night').click()
  await button('Colours').click()
  assert.equal(await page.getByLabel('From the shoreline to the shallow contour: hex').inputValue(), '#071727')
  await button('Save').click()
  await button('Saved').waitFor()
  const { settings } = (await savedStyle()).parameters
  assert.deepEqual(
    [settings['depthLimit'], settings['depthUnits'], settings['theme'], settings['iconSet'], settings['satelliteTileUrl']],
    [7.5, 'feet', 'night', 'enc-night', undefined],
  )
  await page.getByText(/^This view gives \d+\.\d % of the light of a white screen/).waitFor()
})

test('a style is exported, a file with faults is refused field by field, and an import, a copy and a deletion change the list', {
  skip,
}, async () => {
  const { page } = window
  await button('More').click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export' }).click()
  const exported = JSON.parse(await readFile(await (await download).path(), 'utf8')) as Style
  assert.deepEqual([exported.name, exported.parameters.colors], ['Bridge', { LANDA: ROSE }])
  await button('More').click()
  await page.getByRole('menuitem', { name: 'Use it' }).click()
  await page.getByText(`${server.url}/api/v1/styles/base.json?styleId=`).waitFor()
  assert.deepEqual(await window.axe(), [])
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Styles', exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Styles' }).waitFor()
  await page.getByText('Night · 1 colour changed').waitFor()
  await importFile({ name: 'x', parameters: { colors: { LANDA: 'red' }, settings: {} } })
  const dialog = page.getByRole('dialog', { name: 'Not imported' })
  await dialog.getByText('/parameters/colors/LANDA must be a colour such as #61b7ff').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await importFile({ name: 'x', parameters: { settings: { soundingOpacity: 4 } } })
  await dialog.getByText('/parameters/settings/soundingOpacity must be a number from 0 to 1').waitFor()
  window.forgive(/400/)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await importFile({ ...exported, name: 'From a file' })
  await page.getByRole('heading', { level: 1, name: 'From a file' }).waitFor()
  assert.equal(await page.getByLabel('Land: hex', { exact: true }).inputValue(), ROSE)

  await page.getByRole('link', { name: 'Styles', exact: true }).first().click()
  await page.getByRole('button', { name: 'More: From a file' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await page.getByRole('link', { name: 'From a file copy' }).waitFor()
  await page.getByRole('button', { name: 'More: From a file', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByText('Maps that ask for it get the default style.').waitFor()
  await button('Delete style').click()
  await page.getByRole('link', { name: 'From a file', exact: true }).waitFor({ state: 'detached' })
  const names = (await call<Style[]>('GET', '/api/portal/v1/styles')).body.map(({ name }) => name)
  assert.deepEqual(names, ['From a file copy', 'Bridge'])
  await page.locator('img').nth(1).waitFor()
  assert.ok((await page.evaluate<number>("document.querySelector('img').naturalWidth")) > 0)
  assert.deepEqual(await window.axe(), [])
})

async function importFile(content: unknown): Promise<void> {
  const chooser = window.page.waitForEvent('filechooser')
  await button('Import').click()
  const buffer = Buffer.from(JSON.stringify(content))
  await (await chooser).setFiles({ name: 'style.json', mimeType: 'application/json', buffer })
}

test('a user of another account sees none of the styles, and nothing went wrong on the pages', { skip }, async () => {
  await call('POST', '/api/portal/v1/admin/createAccount', { name: 'Other', username: 'other', password: 'other-secret' })
  const token = await signIn(server.url, { username: 'other', password: 'other-secret' })
  const { id } = await savedStyle()
  const other = await openPortalPage(browser, server.url, { viewport: 'phone' })
  await other.openSignedIn(token, '/styles')
  await other.page.getByText('A style is a set of colours and settings of your own.').waitFor()
  await other.open(`/styles/${id}`)
  await other.page.getByText(`There is no style ${id} on your account.`).waitFor()
  assert.deepEqual(await other.axe(), [])
  other.forgive(/404/)
  assert.deepEqual(other.problems(), [])
  const style = await call<unknown>('GET', `/api/v1/styles/base.json?styleId=${id}`, undefined, token)
  assert.ok(!JSON.stringify(style.body).includes(ROSE))
  const own = (await call<Style>('POST', '/api/portal/v1/styles', { name: 'Theirs', theme: 'day' }, token)).body
  assert.equal((await call('GET', `/api/portal/v1/styles/${own.id}`)).status, 404)
  await window.open('/styles')
  await window.page.getByRole('link', { name: 'Bridge' }).waitFor()
  assert.equal(await window.page.getByRole('link', { name: 'Theirs' }).count(), 0)
  assert.deepEqual(window.problems(), [])
})
