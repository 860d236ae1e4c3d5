import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openPortalPage, type PortalPage, type PortalPageOptions } from '#test/browser/portal-page.ts'
import { failReads } from '#test/browser/portal-states.ts'
import { prepareTemplate } from '#test/database.ts'
import { type PortalScene, type PortalSceneJobs, startPortalScene } from '#test/portal-scene.ts'
import { startTestServer } from '../test-database.ts'

type Look = Required<Pick<PortalPageOptions, 'scheme' | 'viewport'>>

const LOOKS: readonly Look[] = [
  { scheme: 'light', viewport: 'desk' },
  { scheme: 'night', viewport: 'desk' },
  { scheme: 'light', viewport: 'phone' },
  { scheme: 'night', viewport: 'phone' },
]

/** A state of a page: where it is, and what leads to it. */
interface State {
  name: string
  address: string
  reach(page: Page): Promise<unknown>
  /** Problems that belong to the state, such as the refusal that it shows. */
  expected?: RegExp
}

/**
 * Draws the states of the portal that a full page does not show: empty, filtered, refused, asked, failed and offline, as JPEG.
 *
 * @param folder is made when it is missing.
 * @returns what went wrong on the pages, one line each.
 */
export async function drawPortalStates(browser: Browser, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const database = await startTestServer()
  const problems: string[] = []
  try {
    process.env['TEST_DATABASE_URL'] = database.url
    await prepareTemplate()
    await using scene = await startPortalScene()
    const draw = (states: readonly State[]) => drawStates(browser, folder, scene, states)
    problems.push(...(await draw(emptyStates())))
    problems.push(...(await draw(fullStates(await scene.fill()))))
    problems.push(...(await drawOffline(browser, folder, scene)))
  } finally {
    await database.stop()
  }
  return problems
}

function emptyStates(): State[] {
  const reach = (page: Page) => page.getByText('Jobs that have ended are listed here.').waitFor()
  return [{ name: 'jobs-empty', address: '/jobs', reach }]
}

function fullStates({ parent, folded }: PortalSceneJobs): State[] {
  return [
    {
      name: 'jobs-filtered-empty',
      address: '/jobs?state=cancelled',
      reach: (page) => page.getByText('No cancelled jobs.').waitFor(),
    },
    { name: 'job-children', address: `/jobs/${parent}`, reach: reachChildren },
    {
      name: 'job-folded-axis',
      address: `/jobs/${folded}`,
      reach: (page) => page.getByRole('heading', { name: 'Steps' }).waitFor(),
    },
    { name: 'jobs-selected', address: '/jobs', reach: selectThree },
    { name: 'jobs-start-refused', address: '/jobs', reach: (page) => start(page, /^Tidy/, /at work already/), expected: /409/ },
    { name: 'jobs-agreement', address: '/jobs?type=clear-tiles', reach: (page) => start(page, /^Refresh/, /NOAA's conditions/) },
    { name: 'jobs-error', address: '/jobs', reach: failAndReload, expected: /500/ },
  ]
}

async function reachChildren(page: Page): Promise<void> {
  const table = page.getByRole('table', { name: 'Failed child jobs' })
  await table.waitFor()
  await table.scrollIntoViewIfNeeded()
}

async function selectThree(page: Page): Promise<void> {
  for (const n of [0, 1, 2]) await page.locator('tr[data-job]').nth(n).getByRole('checkbox').check()
  await page.getByRole('region', { name: 'Selected jobs' }).waitFor()
}

async function start(page: Page, item: RegExp, shown: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
  await page.getByText(shown).first().waitFor()
}

async function failAndReload(page: Page): Promise<void> {
  await failReads(page)
  await page.reload()
  await page.getByRole('alert').first().waitFor()
}

async function drawStates(browser: Browser, folder: string, scene: PortalScene, states: readonly State[]): Promise<string[]> {
  const problems: string[] = []
  for (const look of LOOKS) {
    for (const state of states) {
      const window = await openPortalPage(browser, scene.server.url, look)
      await window.openSignedIn(scene.session, state.address)
      await state.reach(window.page)
      problems.push(...(await draw(window, path.join(folder, fileOf(state.name, look)), state.expected)))
      await window.close()
    }
  }
  return problems
}

/** Windows that were full when the server ended. */
async function drawOffline(browser: Browser, folder: string, { server, session }: PortalScene): Promise<string[]> {
  const windows: PortalPage[] = []
  for (const look of LOOKS) {
    const window = await openPortalPage(browser, server.url, look)
    await window.openSignedIn(session, '/jobs')
    await window.page.locator('[data-freshness=live]').waitFor()
    windows.push(window)
  }
  await server.kill()
  const problems: string[] = []
  for (const [n, look] of LOOKS.entries()) {
    const window = windows[n]
    await window?.page.getByText(/has not answered since/).waitFor()
    if (window !== undefined) {
      problems.push(...(await draw(window, path.join(folder, fileOf('jobs-offline', look)), /ERR_|request:/)))
    }
    await window?.close()
  }
  await server.start()
  return problems
}

async function draw(window: PortalPage, file: string, expected?: RegExp): Promise<string[]> {
  // The pointer may rest where a page shows more.
  await window.page.mouse.move(0, 0)
  await window.page.waitForTimeout(500)
  await window.page.screenshot({ path: file, type: 'jpeg', quality: 82 })
  const found = [...window.problems(), ...(await window.axe())].filter((problem) => expected?.test(problem) !== true)
  console.log(path.basename(file))
  return found.map((problem) => `${path.basename(file)}: ${problem}`)
}

function fileOf(name: string, { scheme, viewport }: Look): string {
  return `${name}-${scheme}-${viewport}.jpg`
}
