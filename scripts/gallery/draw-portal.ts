import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openPortalPage, type PortalPageOptions } from '#test/browser/portal-page.ts'
import { harbourForm } from '#test/harbour-form.ts'
import { buildPortal } from '#test/portal-build.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { startServerProcess } from '#test/server-process.ts'
import { drawMap } from './draw-map.ts'
import { drawStyles } from './draw-styles.ts'
import { makePacks } from './fill-exports.ts'

/** A chart of the invented coast whose zip is damaged, so that a job has a failure to show. */
const DAMAGED = 'XX5DEMOB.zip'
const SCHEMES = ['light', 'dark', 'night'] as const
/** The server of the gallery has no S-63 identity, and reports that by 404. */
const EXPECTED: Readonly<Record<string, RegExp>> = { permits: /404/ }

/**
 * Draws the pages of the portal, full, in each scheme on a desk and a phone, as JPEG.
 *
 * @param folder is made when it is missing.
 * @param signIn gives a session of the administrator.
 * @param isWanted whether to draw a page; `map` and `styles` are several.
 * @returns what went wrong on the pages, one line each.
 */
export async function drawPortal(
  browser: Browser,
  folder: string,
  signIn: (server: { url: string }) => Promise<string>,
  isWanted: (page: string) => boolean,
): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  buildPortal()
  const data = mkdtempSync(path.join(tmpdir(), 'chartroom-gallery-'))
  const mirror = path.join(data, 'mirror')
  await writeDemoMirror(mirror)
  const zip = readdirSync(mirror, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith(DAMAGED))
  if (zip !== undefined) writeFileSync(path.join(mirror, zip), 'no zip')
  const catalogue = pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href
  const server = await startServerProcess({
    DATA_DIR: path.join(data, 'data'),
    PUBLIC_CHARTS_URL: catalogue,
    WEBHOOKS_ALLOW_PRIVATE: 'true',
  })
  const problems: string[] = []
  try {
    await refreshCharts(server)
    const session = await signIn(server)
    await changePassword(server.url, session)
    if (isWanted('map')) problems.push(...(await drawMap(browser, server.url, folder, session)))
    if (isWanted('styles')) problems.push(...(await drawStyles(browser, server.url, folder, session)))
    const upload = await uploadCharts(server.url, session)
    await makePacks(server.url, session)
    const webhook = await sendToWebhook(server.url, session)
    const account = await createAccount(server.url, session)
    const pages = {
      jobs: '/jobs',
      job: await newestJob(server.url, session),
      uploads: '/charts/uploads',
      upload: `/charts/uploads/${upload}`,
      charts: '/charts/cells',
      outlines: '/charts/cells?show=map&chart=XX5DEMOA',
      chart: '/charts/cells/XX5DEMOA',
      public: '/charts/public',
      permits: '/charts/permits',
      tokens: '/tokens',
      token: await makeTokens(server.url, session),
      exports: '/exports?box=-35.05,42.85,-34.8,43.05',
      webhooks: '/webhooks',
      webhook: `/webhooks/${webhook}`,
      account: '/account',
      'admin-accounts': '/admin/accounts',
      'admin-account': `/admin/accounts/${account}`,
      server: '/admin/server',
    }
    for (const scheme of SCHEMES) {
      for (const viewport of ['desk', 'phone'] as const) {
        for (const [name, address] of Object.entries(pages)) {
          if (!isWanted(name)) continue
          const file = path.join(folder, `${name}-${scheme}-${viewport}.jpg`)
          const found = await drawPage(browser, server.url, { session, address, file, scheme, viewport })
          problems.push(...found.filter((problem) => EXPECTED[name]?.test(problem) !== true))
        }
      }
    }
  } finally {
    await server.end('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  }
  return problems
}

/** Gives the administrator a password, so that no banner asks for it. */
async function changePassword(origin: string, session: string): Promise<void> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ password: 'of the gallery' })
  const answer = await fetch(`${origin}/api/portal/v1/user/passwordChange`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`the password was not changed: ${answer.status}`)
}

/** The part of it that the function inside the page uses. */
interface PageGlobals {
  document: { querySelector(selector: string): unknown }
}

interface Picture extends Required<Pick<PortalPageOptions, 'scheme' | 'viewport'>> {
  session: string
  address: string
  file: string
}

async function drawPage(browser: Browser, origin: string, picture: Picture): Promise<string[]> {
  const window = await openPortalPage(browser, origin, picture)
  await window.openSignedIn(picture.session, picture.address)
  await window.page.getByRole('heading', { level: 1 }).waitFor()
  await window.page.locator('[data-freshness=live]').waitFor()
  await window.page.waitForFunction(
    () => (globalThis as typeof globalThis & PageGlobals).document.querySelector('[aria-busy="true"]') === null,
  )
  // A chart on the page is drawn after the rest.
  const hasChart = (await window.page.locator('canvas').count()) > 0
  if (hasChart && picture.address.startsWith('/charts/cells'))
    await window.page.waitForFunction(() => performance.getEntriesByName('outlines drawn').length > 0)
  await window.page.waitForTimeout(hasChart ? 5_000 : 500)
  await window.page.screenshot({ path: picture.file, type: 'jpeg', quality: 82 })
  const found = [...window.problems(), ...(await window.axe())]
  await window.close()
  console.log(path.basename(picture.file))
  return found.map((problem) => `${path.basename(picture.file)}: ${problem}`)
}

/** Uploads two charts, one of them broken, and waits until they are read. @returns the id of the upload. */
export async function uploadCharts(origin: string, session: string): Promise<number> {
  const headers = { authorization: `Bearer ${session}` }
  const form = await harbourForm()
  const sent = await fetch(`${origin}/api/portal/v1/charts/upload`, { method: 'POST', headers, body: form })
  const { id } = ((await sent.json()) as { upload: { id: number } }).upload
  for (let turn = 0; turn < 300; turn++) {
    const answer = await fetch(`${origin}/api/portal/v1/charts/uploads/${id}?view=summary`, { headers })
    const { upload } = (await answer.json()) as { upload: { status: string } }
    if (upload.status !== 'pending' && upload.status !== 'processing') return id
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('the upload has not been read')
}

/** Creates a webhook, and sends a test to it: the server itself refuses the message. @returns the id of the webhook. */
async function sendToWebhook(origin: string, session: string): Promise<number> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const url = `${origin}/api/portal/v1/webhooks`
  const body = JSON.stringify({ url: `${origin}/health/live`, jobStates: ['failed', 'cancelled'] })
  const created = await fetch(url, { method: 'POST', headers, body })
  const { id } = (await created.json()) as { id: number }
  await fetch(`${url}/${id}/test`, { method: 'POST', headers: { authorization: headers.authorization } })
  for (let turn = 0; turn < 100; turn++) {
    const answer = await fetch(`${url}/${id}/deliveries`, { headers })
    const { deliveries } = (await answer.json()) as { deliveries: { status: number | null }[] }
    if (deliveries[0]?.status !== null) return id
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('the webhook has got no message')
}

/** Creates an account with two users. @returns its id. */
export async function createAccount(origin: string, session: string): Promise<number> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const post = async (path: string, body: object) =>
    await fetch(`${origin}/api/portal/v1/admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await post('createAccount', { name: 'Harbour office', username: 'harbour', password: 'gallery' })
  const { account } = (await answer.json()) as { account: { id: number } }
  await post('createUser', { accountId: account.id, username: 'deckhand@ship.example', password: 'gallery' })
  return account.id
}

export async function newestJob(origin: string, session: string): Promise<string> {
  const headers = { authorization: `Bearer ${session}` }
  const answer = await fetch(`${origin}/api/portal/v1/jobs?jobType=refresh-public-charts`, { headers })
  const { jobs } = (await answer.json()) as { jobs: { jobId?: string; id?: string }[] }
  return `/jobs/${jobs[0]?.jobId ?? jobs[0]?.id}`
}

/** Makes tokens with and without hosts. @returns the address that shows how to use one of them. */
async function makeTokens(origin: string, session: string): Promise<string> {
  const url = `${origin}/api/portal/v1/apiTokens`
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  for (const token of [
    { name: 'Fleet web site', restrictions: { hosts: ['fleet.example', 'localhost:5173'] } },
    { name: 'Plotter on the bridge' },
  ]) {
    await fetch(url, { method: 'POST', headers, body: JSON.stringify(token) })
  }
  const tokens = (await (await fetch(`${url}?view=summary`, { headers })).json()) as { handle: string }[]
  return `/tokens?use=${tokens[0]?.handle}`
}
