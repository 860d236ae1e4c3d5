import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { FanOut } from '#jobs/model/job-type.ts'
import { PermanentError } from '#lib/errors.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { jobReaches, jobType, signal, startTestJobs, type TestJobs, untilAborted } from '#test/jobs.ts'
import { type PortalServer, startPortalServer } from '#test/portal-server.ts'

// What the portal does with jobs. The server is real; the jobs run in this process, so that each test decides when they fail and end.

const skip = withoutChromium
const HOURS = 3_600_000

let server: PortalServer
let jobs: TestJobs
let browser: Browser
let session: string

/** Steps that ran, in order. */
let ran: string[] = []
/** Whether the second step of a refresh fails. */
let failing = true
/** Lets the held job stop once it was asked to. */
let release = signal()

const held = jobType(
  'vacuum-analyze',
  async (job) =>
    await job.step('step_vacuum_analyze', async () => {
      await untilAborted(job.signal).catch(() => release.promise)
      job.signal.throwIfAborted()
      return {}
    }),
  { queue: 'maintenance', exclusive: true, steps: [{ name: 'step_vacuum_analyze', weight: 1 }] },
)

const twoSteps = jobType(
  'clear-tiles',
  async (job) => {
    await job.step('step_download_noaa', async () => void ran.push('download'))
    await job.step('step_index_noaa', async () => {
      ran.push('index')
      if (failing) throw new PermanentError('the catalogue cannot be read')
    })
    return {}
  },
  {
    queue: 'maintenance',
    steps: [
      { name: 'step_download_noaa', weight: 1 },
      { name: 'step_index_noaa', weight: 1 },
    ],
  },
)

const parent = jobType(
  'refresh-public-charts',
  async () =>
    new FanOut(
      [1, 2, 3].map((number) => ({ jobType: 'index-custom-encs', parameters: { number } })),
      { onChildFailure: 'report' },
    ),
  { queue: 'import' },
)

const child = jobType(
  'index-custom-encs',
  async (job) => {
    if (job.parameters['number'] === 2) throw new PermanentError('the cell is damaged')
    return {}
  },
  { queue: 'import' },
)

before(async () => {
  if (skip !== false) return
  server = await startPortalServer({}, ['serve', '--role', 'api'])
  jobs = await startTestJobs(server.database, [held, twoSteps, parent, child], {
    soleWorker: false,
    concurrency: { import: 2, maintenance: 4, light: 1, export: 1 },
  })
  browser = await openChromium()
  session = await server.session()
})
after(async () => {
  await browser?.close()
  await jobs?.[Symbol.asyncDispose]()
  await server?.[Symbol.asyncDispose]()
})

async function openJobs(address = '/jobs'): Promise<PortalPage> {
  const window = await openPortalPage(browser, server.url)
  await window.openSignedIn(session, address)
  return window
}

async function failedJob(): Promise<string> {
  ran = []
  failing = true
  const { jobId } = await jobs.create({ jobType: 'clear-tiles', accountId: null })
  await jobReaches(jobs, jobId, ['failed'])
  return jobId
}

test('a refused start links the job in the way, and cancelling it says so until it has stopped', { skip }, async () => {
  release = signal()
  const { jobId } = await jobs.create({ jobType: 'vacuum-analyze', accountId: null })
  await jobReaches(jobs, jobId, ['running'])
  const window = await openJobs()
  const { page } = window
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByRole('menuitem', { name: /^Tidy the database/ }).click()
  const refusal = page.getByRole('alert').filter({ hasText: 'is at work already' })
  await refusal.waitFor()
  assert.deepEqual(await window.axe(), [])
  await refusal.getByRole('link', { name: 'Open it' }).click()
  await page.waitForURL(`${server.url}/jobs/${jobId}`)
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the job' }).click()
  await page.getByText('Cancelling', { exact: true }).first().waitFor()
  release.resolve()
  await page.getByText('Cancelled', { exact: true }).first().waitFor()
  await jobReaches(jobs, jobId, ['cancelled'])
  window.forgive(/409/)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a retry from a chosen step runs that step again, although it had finished', { skip }, async () => {
  const jobId = await failedJob()
  const window = await openJobs(`/jobs/${jobId}`)
  const { page } = window
  await page.getByText('The catalogue cannot be read.').waitFor()
  failing = false
  await page.getByRole('button', { name: 'From a step' }).click()
  await page.getByRole('menuitem', { name: 'From “Download charts”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retry', exact: true }).click()
  await page.getByText('Completed', { exact: true }).first().waitFor()
  await jobReaches(jobs, jobId, ['completed'])
  assert.deepEqual(ran, ['download', 'index', 'download', 'index'])
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a question from the menu of a row gives the focus back to the button of that menu', { skip }, async () => {
  const jobId = await failedJob()
  const window = await openJobs('/jobs?state=failed')
  const { page } = window
  await page.locator(`tr[data-job="${jobId}"]`).getByRole('button', { name: /^More/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Retry…' }).press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.locator(`tr[data-job="${jobId}"] button:focus`).waitFor()
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('selected jobs are retried together', { skip }, async () => {
  const ids = [await failedJob(), await failedJob()]
  const window = await openJobs('/jobs?state=failed')
  const { page } = window
  for (const id of ids) await page.locator(`tr[data-job="${id}"]`).getByRole('checkbox').check()
  const bar = page.getByRole('region', { name: 'Selected jobs' })
  await bar.getByText('2 jobs selected').waitFor()
  assert.deepEqual(await window.axe(), [])
  failing = false
  await bar.getByRole('button', { name: /^Retry/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 2 jobs' }).click()
  for (const id of ids) await jobReaches(jobs, id, ['completed'])
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a browser whose clock is three hours ahead shows the ages of the server', { skip }, async () => {
  const { jobId } = await jobs.create({ jobType: 'clear-tiles', accountId: null })
  await jobReaches(jobs, jobId)
  const window = await openPortalPage(browser, server.url)
  await window.page.addInitScript({
    content: `{ const now = Date.now; Date = class extends Date { constructor(...a) { super(...(a.length === 0 ? [Date.now()] : a)) } }
      Date.now = () => now() + ${3 * HOURS} }`,
  })
  await window.openSignedIn(session, '/jobs')
  const row = window.page.locator(`tr[data-job="${jobId}"]`)
  await row.getByText(/^(just now|\d+ s ago|\d min ago)$/).waitFor()
  const ahead = (await window.page.evaluate<number>('Date.now()')) - Date.now()
  assert.ok(ahead > 2 * HOURS)
  await window.close()
})

test('the first refresh asks the user to accept NOAA’s conditions, and its child jobs show the failed one first', {
  skip,
}, async () => {
  const window = await openJobs()
  const { page } = window
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByRole('menuitem', { name: /^Refresh public charts/ }).click()
  const dialog = page.getByRole('dialog', { name: "NOAA's conditions" })
  await dialog.waitFor()
  assert.deepEqual(await window.axe(), [])
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Accept and refresh' }).click()
  await page.getByRole('link', { name: 'Refresh public charts' }).click()
  const failed = page.getByRole('table', { name: 'Failed child jobs' })
  await failed.getByText('The cell is damaged').waitFor()
  const states = page.getByRole('group', { name: 'State' }).getByRole('button')
  await states.filter({ hasText: 'Completed' }).waitFor()
  assert.match((await states.first().textContent()) ?? '', /^Failed/)
  await states.filter({ hasText: 'Completed' }).click()
  await page.getByRole('table', { name: 'Completed child jobs' }).waitFor()
  assert.deepEqual(await window.axe(), [])
  assert.deepEqual(window.problems(), [])
  await window.close()
})
