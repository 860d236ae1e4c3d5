import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage, type PortalPageOptions } from '#test/browser/portal-page.ts'
import { coastIsShown } from '#test/coast-is-shown.ts'
import { buildPortal } from '#test/portal-build.ts'
import { signIn } from '#test/portal-server.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// The map of the portal against the real server and the invented coast.

const skip = withoutChromium
/** Latitude, longitude, zoom: the invented harbour. */
const HARBOUR = '42.9475,-34.93,13'

interface Found {
  layerId: string
  position: [number, number] | null
  words: string
}

let folder: string
let server: ServerProcess
let browser: Browser
let session: string

before(async () => {
  if (skip !== false) return
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-map-'))
  await writeDemoMirror(path.join(folder, 'mirror'))
  buildPortal()
  const catalogue = `file://${path.join(folder, 'mirror', 'ENCProdCat.xml')}`
  server = await startServerProcess({ DATA_DIR: path.join(folder, 'data'), PUBLIC_CHARTS_URL: catalogue })
  await refreshCharts(server)
  session = await signIn(server.url)
  await coastIsShown(server.url, session)
  browser = await openChromium()
})
after(async () => {
  await browser?.close()
  await server?.end('SIGTERM')
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

/** Opens the map signed in and waits until its charts are drawn. */
async function openMap(search: string, options: PortalPageOptions = {}): Promise<PortalPage> {
  const window = await openPortalPage(browser, server.url, options)
  // The address is written whole as soon as the map is there, so the sign-in may already show the longer one.
  await window.page.goto(`${server.url}/sign-in?next=${encodeURIComponent(`/map?${search}`)}#session=${session}`)
  await chartIsDrawn(window)
  return window
}

/** The foot line names the chart in use only after the tiles at the crosshair were drawn. */
async function chartIsDrawn({ page }: PortalPage): Promise<void> {
  await page
    .locator('footer')
    .getByText(/XX\dDEMO[A-Z] \d+\.\d+, 1:/)
    .waitFor({ timeout: 60_000 })
}

async function post<T>(route: string, body: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const answer = await fetch(server.url + route, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.equal(answer.status, 200)
  return (await answer.json()) as T
}

async function featuresAround(longitude: number, latitude: number, radius: number): Promise<Found[]> {
  const body = { position: { longitude, latitude }, radius, zoom: 14, describe: true }
  return (await post<{ results: Found[] }>('/api/v1/enc_query', body)).results
}

/** A buoy of the harbour with a light, and its sentences. */
async function litBuoy(): Promise<{ at: [number, number]; buoy: string; light: string }> {
  const found = await featuresAround(-34.93, 42.9475, 8_000)
  for (const { layerId, position, words } of found) {
    const light = found.find((each) => each.layerId === 'LIGHTS' && String(each.position) === String(position))
    if (layerId === 'BOYLAT' && position !== null && light !== undefined) return { at: position, buoy: words, light: light.words }
  }
  throw new Error('the invented coast has no lit buoy')
}

test('a click on the tip of a variation symbol says what the variation is, also after a reload', { skip }, async () => {
  const window = await openMap('at=42.838129,-34.754078,11')
  const { page } = window
  const canvas = page.locator('canvas')
  const { width = 0, height = 0 } = (await canvas.boundingBox()) ?? {}
  // The arrow is 34 pixels high, with its object in the middle.
  await canvas.click({ position: { x: width / 2, y: height / 2 - 15 } })
  const panel = page.getByRole('region', { name: 'What is here' })
  const said = async () => {
    await panel.getByText("8°30'W (2026), changing 8' east a year.").waitFor()
    assert.equal(await panel.getByText(/nothing else charted/i).count(), 0)
  }
  await said()
  await page.waitForURL(/pick=/)
  await page.reload()
  await said()
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  await canvas.click({ position: { x: width / 2, y: height / 2 - 60 } })
  await panel.getByText(/nothing else charted within/).waitFor()
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a click on a buoy with a light reads one card, which the address keeps', { skip }, async () => {
  const { at, buoy, light } = await litBuoy()
  const window = await openMap(`at=${at.join(',')},15`)
  await window.page.locator('canvas').click()
  const panel = window.page.getByRole('region', { name: 'What is here' })
  const first = panel.locator('article').first()
  await first.waitFor()
  const text = (await first.textContent()) ?? ''
  assert.ok(text.includes(buoy.split(':')[0] ?? ''), text)
  const character = /: (.+?)[,.]/.exec(light)?.[1] ?? 'none'
  assert.ok(text.includes(character), `${text} has no ${character}`)
  assert.match(text, /XX5DEMO[A-C], edition \d+/)
  assert.equal(await panel.locator('article', { hasText: character }).count(), 1)
  await window.page.waitForURL(/pick=/)
  assert.deepEqual(await window.axe(), [])

  await window.page.reload()
  await panel.locator('article').first().waitFor()
  assert.equal(await first.textContent(), text)
  await first.getByText('As the chart has it').click()
  await first.getByText('BOYLAT').waitFor()
  await window.page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  const download = window.page.waitForEvent('download')
  await window.page.getByRole('button', { name: 'Save a picture' }).click()
  const picture = await readFile(await (await download).path())
  // A blank picture of this size compresses to a few kB.
  assert.ok(picture.length > 30_000, `${picture.length} bytes`)
  await window.page.waitForURL((url) => !url.searchParams.has('pick'))
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a change of safety depth and units is in the address, in the style and after a reload', { skip }, async () => {
  const window = await openMap(`at=${HARBOUR}`)
  const { page } = window
  await page.getByRole('button', { name: 'Display', exact: true }).click()
  const feet = page.waitForRequest((request) => /base\.json.*depthUnits=feet/.test(request.url()))
  await page.getByRole('button', { name: 'Feet' }).click()
  await feet
  const deeper = page.waitForRequest((request) => /base\.json.*depthLimit=6\.096/.test(request.url()))
  await page.getByRole('spinbutton', { name: /Safety depth/ }).fill('20')
  await deeper
  await page.waitForURL(/depth=6\.096&units=feet/)
  await page.getByRole('checkbox', { name: /^Soundings/ }).click()
  await page.waitForURL(/layers=-soundings/)
  await page.getByRole('spinbutton', { name: /Safety depth/ }).fill('-3')
  await page.getByText(/A number from 0 to/).waitFor()
  assert.match(page.url(), /depth=6\.096/)
  assert.deepEqual(await window.axe(), [])
  await page.reload()
  await chartIsDrawn(window)
  await page.getByText(/ ft$/).first().waitFor()
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('in the night scheme of the portal the map opens with the night theme, which the next map by day does not have', {
  skip,
}, async () => {
  const remembered = "JSON.parse(localStorage.getItem('chartroom.map')).theme"
  const window = await openMap(`at=${HARBOUR}`, { scheme: 'night' })
  const { page } = window
  await page.waitForURL(/theme=night/)
  assert.equal(await page.evaluate(remembered), 'day')
  await page.evaluate(`localStorage.setItem('chartroom.preferences', '{"scheme":"light"}')`)
  await window.open(`/map?at=${HARBOUR}`)
  await chartIsDrawn(window)
  await page.waitForURL(/theme=day/)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a line is measured, undone, typed, and saved as GPX', { skip }, async () => {
  const window = await openMap(`at=${HARBOUR}`)
  const { page } = window
  await page.keyboard.press('m')
  const panel = page.getByRole('region', { name: 'Measure' })
  await panel.waitFor()
  await page.locator('canvas').click({ position: { x: 600, y: 200 } })
  await page.locator('canvas').click({ position: { x: 700, y: 200 } })
  await panel.getByText(/^0?90\.0°$/).waitFor()
  await page.waitForURL(/line=[^&]+~[^&]+/)
  const before = page.url()
  await page.locator('[data-handle="1"]').hover()
  await page.mouse.down()
  await page.mouse.move(900, 500)
  await page.mouse.up()
  await page.waitForURL((url) => url.href !== before && url.searchParams.has('line'))
  await panel.getByRole('button', { name: 'Undo' }).click()
  await panel.getByLabel('Position of the next point').fill('42 57 N 34 55 W')
  await panel.getByLabel('Position of the next point').press('Enter')
  await page.waitForURL(/~42\.95,-34\.916667/)
  await page.keyboard.press('Tab')
  const download = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'GPX' }).click()
  const gpx = await readFile(await (await download).path(), 'utf8')
  assert.match(gpx, /<rtept lat="42\.950000" lon="-34\.916667">/)
  assert.equal(gpx.match(/<rtept /g)?.length, 2)
  assert.deepEqual(await window.axe(), [])
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a profile across a channel names the shoalest point that the server finds, also as a table and as CSV', {
  skip,
}, async () => {
  const line = [
    [-34.94, 42.93],
    [-34.9, 42.935],
  ]
  const { shoalest, samples } = await post<{ shoalest: { depth: number } | null; samples: unknown[] }>('/api/v1/depth_query', {
    line,
    withinMetres: 50,
  })
  assert.ok(shoalest)
  const window = await openMap(`at=${HARBOUR}&line=${line.map(([x, y]) => `${y},${x}`).join('~')}&tool=profile`)
  const { page } = window
  const panel = page.getByRole('region', { name: 'Depth profile', exact: true })
  const depth = Math.floor(shoalest.depth * 10 + 1e-6) / 10
  await panel.getByText(`Shoalest ${depth < 0 ? `dries ${-depth}` : depth} m`).waitFor()
  const drawing = panel.getByRole('img', { name: /Depth over distance/ })
  await drawing.hover()
  await panel.getByText(/^\d\.\d\d NM: /).waitFor()
  await panel.getByRole('button', { name: 'Table' }).click()
  await panel.getByRole('columnheader', { name: 'Survey quality' }).waitFor()
  const download = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'CSV' }).click()
  const csv = await readFile(await (await download).path(), 'utf8')
  assert.equal(csv.trim().split('\r\n').length, samples.length + 1)
  assert.deepEqual(await window.axe(), [])
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('the map works with only the keyboard, and leaving it for another page keeps it', { skip }, async () => {
  const { at, buoy } = await litBuoy()
  const window = await openMap(`at=${at.join(',')},15`)
  const { page } = window
  await page.waitForURL((url) => url.searchParams.has('layers'))
  const start = new URL(page.url()).searchParams.get('at')
  await page.keyboard.press('i')
  const panel = page.getByRole('region', { name: 'What is here' })
  await panel.getByText(buoy.split(':')[0] ?? '').waitFor()
  const chosen = panel.locator('article[data-chosen]')
  const first = await chosen.textContent()
  await page.keyboard.press('ArrowRight')
  assert.notEqual(await chosen.textContent(), first)
  await page.keyboard.press('Escape')
  assert.equal(await page.evaluate('document.activeElement.tagName'), 'CANVAS')
  await page.keyboard.press('m')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowRight')
  // The map is written after it has come to rest.
  await page.waitForURL((url) => url.searchParams.get('at') !== start && url.searchParams.has('line'))
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Measure' }).getByText('Total').waitFor()
  await page.keyboard.press('Backspace')
  await page.getByText('Click two or more places on the chart.').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.getByLabel('Position, chart or name').fill('42 57 N 34 55 W')
  await page.keyboard.press('Enter')
  await page.waitForURL(/at=42\.95,-34\.91667/)

  // The same canvas is there again: the map was kept, with its place.
  await page.evaluate("document.querySelector('canvas').dataset.kept = 'yes'")
  await page.getByRole('link', { name: 'Jobs', exact: true }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
  await page.getByRole('link', { name: 'Map', exact: true }).press('Enter')
  await page.locator('canvas[data-kept]').waitFor()
  await page.waitForURL(/at=42\.95,-34\.91667/)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('on a phone a tap opens a sheet, a long press a menu, and nothing is wider than the screen', { skip }, async () => {
  const { at, buoy } = await litBuoy()
  const window = await openMap(`at=${at.join(',')},15&theme=night`, { viewport: 'phone' })
  const { page } = window
  await page.locator('canvas').tap()
  await page
    .getByRole('region', { name: 'What is here' })
    .getByText(buoy.split(':')[0] ?? '')
    .waitFor()
  assert.deepEqual(await window.axe(), [])
  assert.equal(await page.getAttribute('html', 'data-scheme'), 'night', 'the portal follows the night theme of the map')
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  assert.ok(overflow <= 0, `${overflow} pixels wider than the screen`)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Sources' }).tap()
  await page.getByRole('button', { name: 'Less' }).tap()

  const touch = await page.context().newCDPSession(page)
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 150, y: 300 }] })
  await page.getByRole('menuitem', { name: 'Measure from here' }).waitFor()
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await page.getByRole('menuitem', { name: 'Measure from here' }).click()
  await page.getByRole('region', { name: 'Measure' }).waitFor()
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('an API token in the URL shows the map without a sign-in, and a URL of the earlier page finds its place', {
  skip,
}, async () => {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const made = await fetch(`${server.url}/api/portal/v1/apiTokens`, { method: 'POST', headers, body: '{"name":"map"}' })
  const { id } = (await made.json()) as { id: string }
  const window = await openPortalPage(browser, server.url)
  await window.open(`/map?token=${id}#13/42.9475/-34.93`)
  await chartIsDrawn(window)
  await window.page.waitForURL(/at=42\.9475,-34\.93,13/)
  // The foot line shows the position of the crosshair.
  await window.page.getByText('42°56.850′N 034°55.800′W').waitFor()
  assert.equal(await window.page.getByRole('navigation').count(), 0)
  await window.page.locator('canvas').click({ position: { x: 600, y: 300 } })
  await window.page.getByRole('region', { name: 'What is here' }).locator('p').first().waitFor()
  assert.deepEqual(await window.axe(), [])
  assert.deepEqual(window.problems(), [])

  await window.open('/map?token=00000000000000000000000000000000')
  await window.page.getByText('The server does not know the token').waitFor()
  window.forgive(/401/)
  await window.close()
})

test('invented charts are named as such on the map, as a public source and in the list of charts, never as charts of NOAA', {
  skip,
}, async () => {
  const window = await openMap(`at=${HARBOUR}`)
  const { page } = window
  const text = async () => ((await page.locator('body').textContent()) ?? '').replaceAll(/\s+/g, ' ')
  assert.match(await text(), /Charts: Invented demo charts\./)
  assert.doesNotMatch(await text(), /NOAA/)
  await window.open('/charts/public')
  const invented = page.getByRole('region', { name: 'Invented charts', exact: true })
  await invented.getByText('5 charts checked').waitFor()
  assert.doesNotMatch(await text(), /NOAA/)
  await invented.getByRole('link', { name: '5', exact: true }).click()
  await page.getByText('5 charts', { exact: true }).waitFor()
  assert.equal(await page.getByRole('combobox', { name: 'Source' }).inputValue(), 'invented')
  await page.getByRole('combobox', { name: 'Source' }).selectOption('noaa')
  await page.getByText('0 of 5 charts', { exact: true }).waitFor()
  await window.close()
})

test('a browser without WebGL 2 gets a message that names the raster tiles', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  const content = 'HTMLCanvasElement.prototype.getContext = () => null'
  await window.page.addInitScript({ content })
  await window.openSignedIn(session, '/map')
  await window.page.getByText('it has no WebGL 2').waitFor()
  const link = window.page.getByRole('link', { name: 'description of the raster tiles' })
  assert.match((await link.getAttribute('href')) ?? '', /\/api\/v2\/tiles\/enc-raster-v2\.json$/)
  assert.deepEqual(await window.axe(), [])
  await window.close()
})

test('MapLibre is loaded only by a page with a map, from the server itself', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  const asked: string[] = []
  window.page.on('request', (request) => asked.push(request.url()))
  await window.openSignedIn(session, '/jobs')
  await window.page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
  assert.equal(asked.filter((url) => /maplibre/.test(url)).length, 0)
  await window.page.getByRole('link', { name: 'Map', exact: true }).click()
  await chartIsDrawn(window)
  for (const file of ['maplibre-gl.mjs', 'maplibre-gl.css', 'maplibre-gl-worker.mjs']) {
    assert.ok(
      asked.some((url) => url.startsWith(`${server.url}/assets/maplibre-`) && url.endsWith(file)),
      file,
    )
  }
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('invalid parts of a map URL are left out of the requests to the server', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  await window.openSignedIn(session, '/account')
  await window.open('/map?depth=abc&theme=pink&units=yards')
  await chartIsDrawn(window)
  assert.deepEqual(window.problems(), [])
  await window.close()
})
