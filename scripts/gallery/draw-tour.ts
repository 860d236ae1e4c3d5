import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Browser } from 'playwright-core'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openPortalPage } from '#test/browser/portal-page.ts'
import { buildPortal } from '#test/portal-build.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { startServerProcess } from '#test/server-process.ts'
import { encodePng } from '#tiles/products/png/encode-png.ts'
import { litBuoy } from './draw-map.ts'
import { createAccount, newestJob, uploadCharts } from './draw-portal.ts'
import { makeStyles, PLACE } from './draw-styles.ts'
import { makePacks } from './fill-exports.ts'
import { reduceColours } from './reduce-colours.ts'
import { TOUR_STOPS, type TourSetting, type TourStop } from './tour-stops.ts'

/** Small, so that the pictures are. */
const DESK = { width: 1200, height: 700 }
const COLOURS = 192
const MOST_BYTES = 80_000

/**
 * Draws the pictures of docs/tour.md as PNG with a palette: a server with the invented coast, an upload, and two of what else users make.
 *
 * @param folder is made when it is missing.
 * @param signIn gives a session of the administrator.
 * @returns what went wrong on the pages, one line each.
 */
export async function drawTour(
  browser: Browser,
  folder: string,
  signIn: (server: { url: string }) => Promise<string>,
): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  buildPortal()
  const data = mkdtempSync(path.join(tmpdir(), 'chartroom-tour-'))
  const mirror = path.join(data, 'mirror')
  await writeDemoMirror(mirror)
  const catalogue = pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href
  const server = await startServerProcess({ DATA_DIR: path.join(data, 'data'), PUBLIC_CHARTS_URL: catalogue })
  const problems: string[] = []
  try {
    await refreshCharts(server)
    const session = await signIn(server)
    const setting = await prepare(server.url, session)
    for (const stop of TOUR_STOPS) {
      problems.push(...(await drawStop(browser, { origin: server.url, session, setting, folder }, stop)))
    }
  } finally {
    await server.end('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  }
  return problems
}

/** Makes what the tour shows, and changes the password, so that no banner asks for it. */
async function prepare(origin: string, session: string): Promise<TourSetting> {
  const call = async (method: 'GET' | 'POST', route: string, json?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${session}`, ...(json === undefined ? {} : { 'content-type': 'application/json' }) }
    const body = json === undefined ? null : JSON.stringify(json)
    const answer = await fetch(`${origin}/api/portal/v1/${route}`, { method, headers, body })
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : await answer.json()
  }
  await call('POST', 'user/passwordChange', { password: 'tour of the harbour' })
  const upload = await uploadCharts(origin, session)
  await call('POST', 'apiTokens', { name: 'Fleet web site', restrictions: { hosts: ['fleet.example', 'localhost:5173'] } })
  await call('POST', 'apiTokens', { name: 'Plotter on the bridge' })
  const tokens = (await call('GET', 'apiTokens?view=summary')) as { name: string; handle: string }[]
  const token = tokens.find(({ name }) => name === 'Plotter on the bridge')?.handle ?? ''
  const job = (await newestJob(origin, session)).replace('/jobs/', '')
  const style = (await makeStyles(origin, session)).light
  await makePacks(origin, session)
  const account = await createAccount(origin, session)
  return { job, upload, style, account, token, buoy: await litBuoy(origin, session) }
}

interface TourServer {
  origin: string
  session: string
  setting: TourSetting
  folder: string
}

async function drawStop(browser: Browser, { origin, session, setting, folder }: TourServer, stop: TourStop): Promise<string[]> {
  const window = await openPortalPage(browser, origin, { viewport: stop.viewport ?? 'desk', scheme: stop.scheme ?? 'light' })
  if (stop.viewport !== 'phone') await window.page.setViewportSize({ ...DESK, height: stop.height ?? DESK.height })
  await window.page.addInitScript({ content: `localStorage.setItem('chartroom.place', '${PLACE}')` })
  const next = encodeURIComponent(stop.address(setting))
  await window.page.goto(`${origin}/sign-in?next=${next}#session=${session}`)
  await stop.reach(window.page)
  // Maps fade their labels in, and the pointer may rest where a page shows more.
  await window.page.mouse.move(0, 0)
  await window.page.waitForTimeout(2_500)
  const picture = await withPalette(await window.page.screenshot())
  writeFileSync(path.join(folder, `${stop.name}.png`), picture)
  console.log(`${stop.name}.png, ${picture.byteLength} bytes`)
  const problems = [...window.problems(), ...(await window.axe())]
  if (picture.byteLength > MOST_BYTES) problems.push(`${picture.byteLength} bytes are more than ${MOST_BYTES}`)
  await window.close()
  return problems.map((problem) => `${stop.name}: ${problem}`)
}

async function withPalette(screenshot: Buffer): Promise<Buffer> {
  const image = await loadImage(screenshot)
  const { width, height } = image
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  reduceColours(data, COLOURS)
  return encodePng({ data, stride: width, left: 0, top: 0, width, height })
}
