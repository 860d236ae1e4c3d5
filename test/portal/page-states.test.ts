import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { checkLooks } from '#test/browser/check-looks.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage, type PortalPageOptions } from '#test/browser/portal-page.ts'
import { failReads } from '#test/browser/portal-states.ts'
import { type PortalScene, type PortalSceneJobs, startPortalScene } from '#test/portal-scene.ts'

// Each page in each of its states: accessible, without an error of the console, a policy report or a request to another origin. The tests
// run in the order in which the states follow each other: an empty server, a full one, failing reads, a server that is gone.

const skip = withoutChromium
/** A job that never was. */
const NO_JOB = '/jobs/0199d5a0-0000-7000-8000-000000000001'

let scene: PortalScene
let filled: Promise<PortalSceneJobs> | undefined
let browser: Browser

before(async () => {
  if (skip !== false) return
  scene = await startPortalScene()
  browser = await openChromium()
})
after(async () => {
  await browser?.close()
  await scene?.[Symbol.asyncDispose]()
})

/** The jobs of the full server, which the first call fills. */
function fill(): Promise<PortalSceneJobs> {
  filled ??= scene.fill()
  return filled
}

type Look = Pick<PortalPageOptions, 'scheme' | 'viewport'>

async function open(address: string, look: Look): Promise<PortalPage> {
  const window = await openPortalPage(browser, scene.server.url, look)
  await window.openSignedIn(scene.session, address)
  return window
}

/** Checks what the window shows in each scheme, and closes it. @param expected problems that are part of the state. */
async function check(window: PortalPage, expected?: RegExp): Promise<void> {
  await checkLooks(window, window.page.url(), expected)
  await window.close()
}

test('on an empty server each page says what is missing, by day', { skip }, async () => {
  for (const [address, text] of [
    ['/jobs', 'Jobs that have ended are listed here.'],
    [NO_JOB, 'There is no job'],
    ['/exports', 'A pack is a zip with the charts of a box'],
    ['/account', 'This session'],
    ['/admin/server', 'Not accepted yet.'],
  ] as const) {
    const window = await open(address, { scheme: 'light' })
    await window.page.getByText(text).first().waitFor()
    if (address === NO_JOB) window.forgive(/404/)
    await check(window)
  }
})

test('each page is accessible when it is full, at night', { skip }, async () => {
  const jobs = await fill()
  for (const [address, text] of [
    ['/jobs', 'harbour.zip'],
    [`/jobs/${jobs.parent}`, 'the update 3 is missing'],
    ['/account', 'This session'],
    ['/admin/server', 'DATABASE_URL'],
  ] as const) {
    const window = await open(address, { scheme: 'night' })
    await window.page.getByText(text).first().waitFor()
    await check(window)
  }
})

test('the rows of the jobs fill their table in a window of any width', { skip }, async () => {
  await fill()
  const window = await open('/jobs', { scheme: 'light' })
  const { page } = window
  await page.getByText('harbour.zip').first().waitFor()
  for (const width of [1400, 1024, 800, 390]) {
    await page.setViewportSize({ width, height: 800 })
    // Between the last cell of each row and the edge of the table.
    const gaps = await page.evaluate<number[]>(`[...document.querySelectorAll('tr[data-job]')].map((row) =>
      Math.round(row.closest('table').getBoundingClientRect().right - row.lastElementChild.getBoundingClientRect().right))`)
    assert.ok(gaps.length > 0)
    assert.deepEqual([...new Set(gaps)], [0], `${width} pixels`)
  }
  await window.close()
})

test('more active jobs than fit on one page are counted correctly, and the older ones can be shown', { skip }, async () => {
  await fill()
  const { db } = scene.server.database
  // No worker is told about them, so they wait for as long as the test needs.
  await sql`
    insert into job (id, root_job_id, job_type, job_state, account_id)
    select id, id, 'backup', 'pending', 1 from (select gen_random_uuid() as id from generate_series(1, 210)) as waiting
  `.execute(db)
  const window = await open('/jobs?type=backup', { scheme: 'light' })
  const { page } = window
  await page.getByRole('button', { name: 'over 200 at work' }).waitFor()
  await page.getByText('200 of 210', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Load older' }).click()
  await page.getByText('200 of 210', { exact: true }).waitFor({ state: 'detached' })
  assert.equal(await page.locator('tr[data-job]').count(), 210)
  await sql`delete from job where job_type = 'backup'`.execute(db)
  await window.close()
})

test('a read that fails is reported in the place of its part, with a way to try again', { skip }, async () => {
  const jobs = await fill()
  for (const [address, reads] of [
    ['/jobs', undefined],
    [`/jobs/${jobs.folded}`, undefined],
    ['/exports', /\/api\/portal\/v1\/exports$/],
    ['/account', undefined],
    ['/tokens', /\/apiTokens\?/],
    ['/admin/server', /\/api\/portal\/v1\/instance$/],
  ] as const) {
    const window = await openPortalPage(browser, scene.server.url, { scheme: 'dark' })
    await failReads(window.page, reads)
    await window.openSignedIn(scene.session, address)
    const note = window.page.getByRole('alert').first()
    await note.getByText('Something went wrong in the server.').waitFor()
    await note.getByRole('button', { name: 'Try again' }).waitFor()
    await check(window, /500/)
  }
})

test('on a phone each page keeps what it shows when the server is gone, and says since when', { skip }, async () => {
  const jobs = await fill()
  const windows: [PortalPage, string][] = []
  for (const [address, text] of [
    ['/jobs', 'harbour.zip'],
    [`/jobs/${jobs.folded}`, 'The catalogue cannot be read'],
    ['/account', 'This session'],
    ['/tokens', 'Make a token'],
    ['/admin/server', 'DATABASE_URL'],
  ] as const) {
    const window = await open(address, { scheme: 'light', viewport: 'phone' })
    await window.page.getByText(text).first().waitFor()
    await window.page.locator('[data-freshness=live]').waitFor()
    windows.push([window, text])
  }
  await scene.server.kill()
  for (const [window, text] of windows) {
    await window.page.getByText(/has not answered since/).waitFor({ timeout: 60_000 })
    await window.page.getByText(text).first().waitFor()
    await check(window, /ERR_|request:/)
  }
})

test('a page whose code cannot be loaded keeps the navigation, and loads by itself when the server is back', {
  skip,
}, async () => {
  await scene.server.start()
  const window = await open('/jobs', { scheme: 'light' })
  await window.page.locator('[data-freshness=live]').waitFor()
  await scene.server.kill()
  await window.page.getByRole('link', { name: 'Webhooks' }).click()
  await window.page.getByText('This page could not be loaded').waitFor()
  await window.page.getByRole('link', { name: 'Jobs' }).first().waitFor()
  await scene.server.start()
  await window.page.getByText('A webhook tells another server').waitFor()
  await check(window, /ERR_|request:|could not be loaded/)
})
