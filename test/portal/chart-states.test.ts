import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { connect } from '#cli/client/api-client.ts'
import { type BreakingProxy, startBreakingProxy } from '#test/breaking-proxy.ts'
import { checkLooks } from '#test/browser/check-looks.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { failReads } from '#test/browser/portal-states.ts'
import { writeMirror } from '#test/cells.ts'
import { harbourForm } from '#test/harbour-form.ts'
import { type PortalServer, startPortalServer } from '#test/portal-server.ts'
import { refreshCharts } from '#test/refresh-charts.ts'

// The pages of charts and of what is made of them, each in each of its states: by day, in the dark and at night, on a desk and on a phone. The
// states follow each other: an empty server, a full one, failing reads, a server that cannot be reached.

const skip = withoutChromium
const VIEWPORTS = ['desk', 'phone'] as const

/** A page with the text that tells each of its states; null where the page has no such state. */
interface Room {
  empty: readonly [address: string, text: string | RegExp] | null
  full: readonly [address: string, text: string | RegExp]
  /** The path of the reads without which it has nothing to show, as a pattern. */
  reads: string | null
}

let mirror: string
let server: PortalServer
/** Stands between the browser and the server. */
let proxy: BreakingProxy
let browser: Browser
let session: string
const windows = new Map<string, PortalPage>()

before(async () => {
  if (skip !== false) return
  mirror = await mkdtemp(path.join(tmpdir(), 'chartroom-mirror-'))
  await writeMirror(mirror, [{ name: 'AA5AAAA1' }])
  server = await startPortalServer({ PUBLIC_CHARTS_URL: pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href })
  session = await server.session()
  proxy = await startBreakingProxy(Number(new URL(server.url).port))
  browser = await openChromium()
  for (const viewport of VIEWPORTS) {
    const window = await openPortalPage(browser, `http://127.0.0.1:${proxy.port}`, { viewport })
    await window.openSignedIn(session, '/account')
    windows.set(viewport, window)
  }
})
after(async () => {
  await browser?.close()
  await proxy?.[Symbol.asyncDispose]()
  await server?.[Symbol.asyncDispose]()
  if (mirror !== undefined) await rm(mirror, { recursive: true, force: true })
})

/** Numbers of the first records that `fill` makes. */
const ROOMS: readonly Room[] = [
  {
    empty: ['/charts/uploads', 'Charts that you upload are read here'],
    full: ['/charts/uploads', 'harbour.zip'],
    reads: 'charts/uploads',
  },
  { empty: ['/charts/uploads/1', 'There is no such upload.'], full: ['/charts/uploads/1', 'XX5HARBB'], reads: 'charts/uploads' },
  { empty: ['/charts/cells', 'There are no charts yet.'], full: ['/charts/cells', 'XX5HARBA'], reads: 'charts/cells' },
  {
    empty: ['/charts/cells/XX5HARBA', 'There is no such chart.'],
    full: ['/charts/cells/XX5HARBA', /^1\.0$/],
    reads: 'charts/cells',
  },
  { empty: ['/charts/public', 'Never'], full: ['/charts/public', /1 chart checked/], reads: 'instance$' },
  {
    empty: ['/charts/permits', 'There are no permits yet.'],
    full: ['/charts/permits', 'There are no permits yet.'],
    reads: 'charts/permits',
  },
  { empty: ['/map', 'No chart here'], full: ['/map?at=40.05,-30.05,13', / \d\.\d, 1:\d/], reads: null },
  { empty: ['/styles', 'A style is a set of colours'], full: ['/styles', 'Bridge'], reads: 'styles$' },
  { empty: ['/styles/1', 'There is no style 1'], full: ['/styles/1', 'Land'], reads: 'styles/1$' },
  { empty: null, full: ['/tokens', 'Plotter'], reads: 'apiTokens' },
  { empty: ['/webhooks', 'A webhook tells another server'], full: ['/webhooks', 'receiver.example'], reads: 'webhooks$' },
  {
    empty: ['/webhooks/1', 'There is no such webhook.'],
    full: ['/webhooks/1', 'receiver.example'],
    reads: 'webhooks/1',
  },
  { empty: null, full: ['/admin/accounts', 'Harbour office'], reads: 'admin/getAllAccounts' },
  {
    empty: ['/admin/accounts/2', 'There is no such account.'],
    full: ['/admin/accounts/2', 'Default'],
    reads: 'admin/getApiTokens',
  },
  { empty: null, full: ['/admin/server', 'The database answers.'], reads: 'instance$' },
  { empty: null, full: ['/account', 'Preferences'], reads: 'user/sessions' },
  { empty: ['/exports', 'A pack is a zip'], full: ['/exports', 'PMTiles,'], reads: 'exports$' },
]

async function call(route: string, body: object | FormData, method = 'POST'): Promise<unknown> {
  const headers: Record<string, string> = { authorization: `Bearer ${session}` }
  if (!(body instanceof FormData)) headers['content-type'] = 'application/json'
  const sent = body instanceof FormData ? body : JSON.stringify(body)
  const answer = await fetch(`${server.url}/api/portal/v1/${route}`, { method, headers, body: sent })
  assert.ok(answer.ok, `${route}: ${answer.status}`)
  return await answer.json()
}

/** Makes one record of each kind, and reads charts, one of them damaged. */
async function fill(): Promise<void> {
  await call('charts/upload', await harbourForm())
  await call('styles', { name: 'Bridge', theme: 'day' })
  await call('apiTokens', { name: 'Plotter' })
  await call('webhooks', { url: 'https://receiver.example/hook' })
  await call('admin/createAccount', { name: 'Harbour office', username: 'harbour', password: 'a long password' })
  await call('exports', { bbox: [-30.2, 40, -30, 40.2], minZoom: 8, maxZoom: 8, format: 'pmtiles', kind: 'vector' })
  await refreshCharts({ api: () => connect(server.url, 'admin', 'admin') })
}

async function visit(viewport: string, [address, text]: readonly [string, string | RegExp], expected?: RegExp): Promise<void> {
  const window = windows.get(viewport)
  assert.ok(window)
  await window.open(address)
  await window.page.getByText(text).first().waitFor()
  await checkLooks(window, `${address} on a ${viewport}`, expected)
}

for (const viewport of VIEWPORTS) {
  test(`on an empty server each page says what is missing, on a ${viewport}`, { skip }, async () => {
    for (const { empty } of ROOMS) if (empty !== null) await visit(viewport, empty, /404/)
  })
}

for (const viewport of VIEWPORTS) {
  test(`each page is accessible in each scheme when it is full, on a ${viewport}`, { skip }, async () => {
    if (viewport === 'desk') await fill()
    for (const { full } of ROOMS) await visit(viewport, full, /404/)
  })
}

/** Words of fewer than twelve letters that a page breaks in the middle, outside listings of code. */
const BROKEN_WORDS = `(() => {
  const broken = []
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { currentNode: text } = texts
    if (text.parentElement.closest('.visually-hidden, pre, code, svg, select') !== null) continue
    for (const { 0: word, index } of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      if (word.length < 12 && new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word)
    }
  }
  return broken
})()`

test('no short word is broken in the middle in a window of any width', { skip }, async () => {
  const window = windows.get('desk')
  assert.ok(window)
  for (const { full } of ROOMS) {
    await window.open(full[0])
    await window.page.getByText(full[1]).first().waitFor()
    for (const width of [640, 800, 1024, 1280]) {
      await window.page.setViewportSize({ width, height: 800 })
      assert.deepEqual(await window.page.evaluate(BROKEN_WORDS), [], `${full[0]}, ${width} pixels`)
    }
  }
})

for (const viewport of VIEWPORTS) {
  test(`a read that fails is reported in the place of its part, with a way to try again, on a ${viewport}`, {
    skip,
  }, async () => {
    const window = windows.get(viewport)
    assert.ok(window)
    for (const { full, reads } of ROOMS) {
      if (reads === null) continue
      const pattern = new RegExp(`/api/portal/v1/${reads}`)
      await failReads(window.page, pattern)
      await window.open(full[0])
      const note = window.page.getByRole('alert').first()
      await note.getByText('Something went wrong in the server.').waitFor()
      await note.getByRole('button', { name: 'Try again' }).waitFor()
      await checkLooks(window, `${full[0]} on a ${viewport}`, /40[04]|500/)
      await window.page.unroute(pattern)
    }
  })
}

test('each page keeps what it shows when the server cannot be reached, and says since when, by turns on a desk and on a phone', {
  skip,
}, async () => {
  for (const [index, { full }] of ROOMS.entries()) {
    const viewport = VIEWPORTS[index % 2] ?? 'desk'
    const window = windows.get(viewport)
    assert.ok(window)
    await window.open(full[0])
    await window.page.getByText(full[1]).first().waitFor()
    await window.page.locator('[data-freshness=live]').waitFor()
    proxy.set({ kind: 'down' })
    await window.page.getByText(/has not answered since/).waitFor()
    await window.page.getByText(full[1]).first().waitFor()
    await checkLooks(window, `${full[0]} on a ${viewport}`, /40[04]|500|ERR_|request:/)
    proxy.set({ kind: 'none' })
  }
})
