import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Browser, Locator, Page } from 'playwright-core'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage, type PortalPageOptions } from '#test/browser/portal-page.ts'
import { type PortalServer, startPortalServer } from '#test/portal-server.ts'

// An account with much in it: long lists, long names, and the ways to read all of it.

const skip = withoutChromium
const TOKENS = 120
const LONG_NAME = `exchange-set-${'of-the-hydrographic-office-'.repeat(4)}end.zip`

let server: PortalServer
let browser: Browser
let session: string

before(async () => {
  if (skip !== false) return
  server = await startPortalServer()
  browser = await openChromium()
  session = await server.session()
  await fill()
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

/** As the API makes them, but at once. */
async function fill(): Promise<void> {
  const { db } = server.database
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const post = (path: string, json: unknown) =>
    fetch(`${server.url}/api/portal/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(json) })
  await post('apiTokens', { name: 'First plotter' })
  await post('styles', { name: 'First style', theme: 'day' })
  await sql`
    insert into api_token (token_hash, token_encrypted, name, user_id, account_id, restrictions, created_at, last_used_at)
    select sha256(n::text::bytea), token_encrypted, 'Plotter ' || n, user_id, account_id, null, created_at - n * interval '1 minute', now()
    from api_token, generate_series(1, ${TOKENS - 1}) n
  `.execute(db)
  await sql`insert into account (name) select 'Harbour ' || n from generate_series(1, 60) n`.execute(db)
  await sql`
    insert into style (account_id, user_id, user_email, name, parameters)
    select account_id, user_id, user_email, 'Style ' || n, parameters from style, generate_series(1, 59) n
  `.execute(db)
  await sql`
    insert into upload (public_id, account_id, user_id, uploader, filename, file_size, kind, blob_key, ended_state, ended_at, created_at)
    select gen_random_uuid(), 1, 1, 'admin', case n when 1 then ${LONG_NAME} else 'set-' || n || '.zip' end, 1000, 'zip', 'none',
      case when n % 10 = 0 then 'failed' else 'completed' end, now(), now() - n * interval '1 minute'
    from generate_series(1, 70) n
  `.execute(db)
  await sql`
    insert into export (id, account_id, user_id, creator, job_id, spec, most_tiles, tiles, file_size, finished_at, expires_at)
    select gen_random_uuid(), 1, 1, 'admin', gen_random_uuid(), ${JSON.stringify(PACK)}::json, 9, 9, 4000000, now(),
      now() + interval '47 hours 59 minutes'
  `.execute(db)
}

const PACK = {
  box: [-35, 42.9, -34.9, 43],
  minZoom: 6,
  maxZoom: 8,
  kind: 'vector',
  format: 'pmtiles',
  theme: 'day',
  styleId: null,
}

async function open(address: string, options: PortalPageOptions = {}): Promise<PortalPage> {
  const window = await openPortalPage(browser, server.url, options)
  await window.openSignedIn(session, address)
  return window
}

const rows = (page: Page, name: RegExp): Locator => page.getByRole('table', { name }).locator('tbody tr')

test('a long list tells its exact count, shows its first rows, and more when they are asked for', { skip }, async () => {
  const window = await open('/tokens')
  const { page } = window
  await page.getByText(`${TOKENS} tokens`).waitFor()
  await page.getByText(`50 of ${TOKENS}`).waitFor()
  assert.equal(await rows(page, /API tokens/).count(), 50)
  await page.getByRole('button', { name: 'Show more' }).focus()
  for (const shown of [100, TOKENS]) {
    await page.keyboard.press('Enter')
    await page.getByText(`${shown} of ${TOKENS}`).waitFor()
    assert.equal(await rows(page, /API tokens/).count(), shown)
  }
  // Nothing is left to show, and the keyboard is where it was.
  await page.locator('button[aria-disabled=true]:focus', { hasText: 'Show more' }).waitFor()
  assert.deepEqual(await window.axe(), [])
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a long list is searched, and the address holds what for', { skip }, async () => {
  const window = await open('/tokens')
  const { page } = window
  await page.getByRole('searchbox', { name: 'Search the tokens' }).fill('FIRST plotter')
  await page.getByText(`1 of ${TOKENS} tokens`).waitFor()
  await page.waitForURL(/\/tokens\?q=FIRST%20plotter$/)
  await page.reload()
  await rows(page, /API tokens/)
    .first()
    .waitFor()
  assert.equal(await rows(page, /API tokens/).count(), 1)
  await page.getByRole('link', { name: 'First plotter' }).click()
  await page.getByRole('region', { name: /Snippet/ }).waitFor()
  await page.goBack()
  await page.getByText(`1 of ${TOKENS} tokens`).waitFor()
  await page.getByRole('searchbox').fill('nothing like it')
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await page.getByText(`50 of ${TOKENS}`).waitFor()
  for (const [address, list, found] of [
    ['/admin/accounts?q=harbour%2042', 'accounts', '1 of 61 accounts'],
    ['/styles?q=first', 'styles', '1 of 60 styles'],
    ['/admin/accounts/1?token=plotter%20119', 'tokens', `1 of ${TOKENS} tokens`],
  ] as const) {
    await window.open(address)
    await page.getByRole('searchbox', { name: `Search the ${list}` }).waitFor()
    await page.getByText(found).waitFor()
  }
  await window.close()
})

test('uploads of one state are found, and the page that one came from is there on the way back', { skip }, async () => {
  const window = await open('/charts/uploads')
  const { page } = window
  await page.getByText('1 to 50 of 70').waitFor()
  await page.getByRole('button', { name: 'Older' }).click()
  await page.getByText('51 to 70 of 70').waitFor()
  await page.getByRole('link', { name: 'set-65.zip' }).click()
  await page.getByRole('heading', { name: 'set-65.zip' }).waitFor()
  await page.goBack()
  await page.getByText('51 to 70 of 70').waitFor()
  await page.getByLabel('State').selectOption('failed')
  await page.getByText('7 uploads').waitFor()
  await page.waitForURL(/\?status=failed$/)
  await window.close()
})

test('a long heading can be read whole, on a phone too', { skip }, async () => {
  for (const viewport of ['desk', 'phone'] as const) {
    const window = await open('/charts/uploads', { viewport })
    const { page } = window
    await page.getByRole('link', { name: LONG_NAME }).click()
    const heading = page.getByRole('heading', { level: 1, name: LONG_NAME })
    await heading.waitFor()
    const [needed, held, beyond] = await page.evaluate<[number, number, number]>(`(() => {
      const it = document.querySelector('h1')
      return [it.scrollWidth, it.clientWidth, it.getBoundingClientRect().right - innerWidth]
    })()`)
    assert.ok(needed <= held, `${viewport}: ${needed} in ${held} pixels`)
    assert.ok(beyond <= 0, viewport)
    await window.close()
  }
})

test('links that stand alone are 44 pixels high for a finger', { skip }, async () => {
  const window = await open('/tokens', { viewport: 'phone' })
  const { page } = window
  for (const [address, link] of [
    ['/tokens', 'First plotter'],
    ['/charts/uploads', 'set-2.zip'],
    ['/admin/accounts', 'Harbour 1'],
    ['/charts/uploads', 'All charts'],
  ] as const) {
    await window.open(address)
    await page.getByRole('link', { name: link, exact: true }).waitFor()
    assert.ok((await heightForAFinger(page, link)) >= 44, `${address}: ${link}`)
  }
  await window.close()
})

/** How many pixels above one another lead to the link with a text. */
async function heightForAFinger(page: Page, text: string): Promise<number> {
  return await page.evaluate<number>(`(() => {
    const link = [...document.querySelectorAll('a')].find((it) => it.textContent.trim() === ${JSON.stringify(text)})
    link.scrollIntoView({ block: 'center' })
    const { left, top, height } = link.getBoundingClientRect()
    let pixels = 0
    for (let y = top - 30; y < top + height + 30; y++)
      if (link.contains(document.elementFromPoint(left + 4, y))) pixels++
    return pixels
  })()`)
}

test('between a phone and a desk nothing of a token or a pack is hidden', { skip }, async () => {
  const window = await open('/tokens')
  const { page } = window
  for (const width of [700, 1000]) {
    await page.setViewportSize({ width, height: 800 })
    await window.open('/tokens?q=first')
    const token = rows(page, /API tokens/).first()
    await token.getByText('admin').filter({ visible: true }).waitFor()
    await token
      .getByText('just now')
      .or(token.getByText(/ago|Never/))
      .filter({ visible: true })
      .first()
      .waitFor()
    await window.open('/exports')
    const pack = rows(page, /Offline packs/).first()
    await pack.getByText('4 MB').filter({ visible: true }).waitFor()
    await pack
      .getByText(/admin, /)
      .filter({ visible: true })
      .waitFor()
  }
  await window.close()
})

test('the time until a pack expires goes on while the page is open', { skip }, async () => {
  const window = await openPortalPage(browser, server.url)
  const { page } = window
  await page.clock.install()
  await window.openSignedIn(session, '/exports')
  const pack = rows(page, /Offline packs/).first()
  await pack.getByText('in 47 h').waitFor()
  // An answer would tell the page the time of the server, which has not gone on.
  await page.route('**/api/**', (route) => route.abort())
  await page.clock.runFor(2 * 3_600_000)
  await pack.getByText('in 45 h').waitFor()
  await window.close()
})

test('a server that refuses everything is told by its answer and the time of the next try', { skip }, async () => {
  for (const [status, said] of [
    [503, /cannot work now \(503\)/],
    [403, /Every request is refused \(403\)/],
  ] as const) {
    const window = await open('/webhooks')
    const { page } = window
    await page.locator('[data-freshness=live]').waitFor()
    const headers = { 'retry-after': '20', 'content-type': 'application/problem+json' }
    await page.route('**/api/**', (route) => route.fulfill({ status, headers, body: JSON.stringify({ status }) }))
    await page.reload()
    await page.getByText(said).first().waitFor()
    await page.getByText(/It is asked again at \d\d:\d\d:\d\d/).waitFor()
    assert.equal(await page.getByText(/has not answered/).count(), 0)
    await window.close()
  }
})

test('a button that gets or loses the reason why it is off keeps the focus of the keyboard', { skip }, async () => {
  const window = await open('/exports')
  const { page } = window
  const { promise: released, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/exports/estimate', (route) => released.then(() => route.continue()))
  await window.open('/exports?box=-35.05,42.85,-34.8,43.05')
  const make = page.getByRole('button', { name: 'Make the pack' })
  await make.focus()
  assert.equal(await make.getAttribute('aria-disabled'), 'true')
  answer()
  await page.locator('button:focus:not([aria-disabled])', { hasText: 'Make the pack' }).waitFor()
  await window.close()
})

test('the header of a style stays the same when the style has been read', { skip }, async () => {
  const window = await open('/styles')
  const { page } = window
  const { promise: released, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/portal/v1/styles/1', (route) => released.then(() => route.continue()))
  await window.open('/styles/1')
  await page.getByRole('link', { name: 'Styles' }).last().focus()
  await page.evaluate("document.activeElement.dataset.kept = 'yes'")
  answer()
  await page.getByRole('heading', { level: 1, name: 'First style' }).waitFor()
  assert.equal(await page.evaluate('document.activeElement.dataset.kept'), 'yes')
  await window.close()
})

test('a browser with text of twice the size gets columns and fields that hold it', { skip }, async () => {
  const large = await openChromium(['--blink-settings=defaultFontSize=32'])
  const window = await openPortalPage(large, server.url)
  const { page } = window
  await window.openSignedIn(session, '/jobs')
  for (const [address, text] of [
    ['/charts/uploads', 'set-2.zip'],
    ['/tokens', 'Plotter 1'],
    ['/charts/cells', 'There are no charts yet'],
  ] as const) {
    await window.open(address)
    await page.getByText(text).first().waitFor()
    assert.deepEqual(await page.evaluate(CUT), [], address)
  }
  await large.close()
})

/** Links and fields whose text is wider or higher than they are, and what is wider than the window. */
const CUT = `[...document.querySelectorAll('a, select, button')]
  .filter((it) => it.getClientRects().length > 0)
  .filter((it) => it.scrollHeight > it.clientHeight + 2 && getComputedStyle(it).display !== 'inline' || it.getBoundingClientRect().right > innerWidth)
  .map((it) => it.outerHTML.slice(0, 80))`

test('with colours that the system forces, what is chosen is still told apart', { skip }, async () => {
  const window = await open('/account')
  const { page } = window
  await page.emulateMedia({ forcedColors: 'active' })
  await window.open('/account')
  const background = (name: string) =>
    page.evaluate(`(() => {
      const button = [...document.querySelectorAll('button')].find((it) => it.textContent === '${name}')
      return getComputedStyle(button).backgroundColor
    })()`)
  assert.notEqual(await background('Light'), await background('Dark'))
  await window.close()
})
