// Draws docs/gallery and docs/gallery.md in Chromium: `npm run gallery`, or `npm run gallery -- portal` for the pages of the portal alone,
// `npm run gallery -- portal styles,uploads` for some of them, `-- charts` for the charts alone, `-- tour` for the pictures of docs/tour.md
// alone. The NOAA places need their charts: PUBLIC_CHARTS_URL names the
// product catalogue of a mirror. Without it only the invented coast is drawn, and the pictures of NOAA places stay as they are.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openChartPage } from '#test/browser/chart-page.ts'
import { openChromium } from '#test/browser/chromium.ts'
import { servePages } from '#test/browser/page-server.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { startServerProcess } from '#test/server-process.ts'
import { composeSheets } from './gallery/compose-sheets.ts'
import { drawPortal } from './gallery/draw-portal.ts'
import { drawPortalStates } from './gallery/draw-portal-states.ts'
import { drawTour } from './gallery/draw-tour.ts'
import { INVENTED_PLACES, NOAA_PLACES, type Place } from './gallery/places.ts'
import { PORTAL_SHEETS } from './gallery/portal-sheets.ts'

const docs = path.resolve(import.meta.dirname, '../docs')
const folder = path.join(docs, 'gallery')
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 800 }
/** The browser that the list of sessions shows. */
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'

mkdirSync(folder, { recursive: true })
const browser = await openChromium()
const problems: string[] = []
try {
  const part = process.argv[2] ?? 'all'
  if (part === 'all' || part === 'charts') await drawCharts()
  if (part === 'all' || part === 'portal') {
    const pictures = mkdtempSync(path.join(tmpdir(), 'chartroom-pictures-'))
    const named = process.argv[3]?.split(',')
    const isWanted = (page: string) => named === undefined || named.includes(page)
    problems.push(...(await drawPortal(browser, pictures, sessionOf, isWanted)))
    if (isWanted('states')) problems.push(...(await drawPortalStates(browser, pictures)))
    if (named === undefined) rmSync(path.join(folder, 'portal'), { recursive: true, force: true })
    await composeSheets(pictures, path.join(folder, 'portal'))
    console.log(`the pictures in full size: ${pictures}`)
  }
  if (part === 'all' || part === 'tour') problems.push(...(await drawTour(browser, path.join(docs, 'tour'), sessionOf)))
} finally {
  await browser.close()
}
writeFileSync(path.join(docs, 'gallery.md'), pageOf([...NOAA_PLACES, ...INVENTED_PLACES]))
if (problems.length > 0) throw new Error(`the pictures have faults:\n${problems.join('\n')}`)

async function drawCharts(): Promise<void> {
  const source = process.env['PUBLIC_CHARTS_URL']
  if (source === undefined) console.log('PUBLIC_CHARTS_URL is not set: the NOAA places are not drawn')
  else await drawPlaces(source, NOAA_PLACES)
  const mirror = mkdtempSync(path.join(tmpdir(), 'chartroom-gallery-'))
  await writeDemoMirror(mirror)
  await drawPlaces(pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href, INVENTED_PLACES)
  rmSync(mirror, { recursive: true })
}

/** Starts a server on the charts of a catalogue and draws each place. */
async function drawPlaces(source: string, places: readonly Place[]): Promise<void> {
  const data = mkdtempSync(path.join(tmpdir(), 'chartroom-gallery-'))
  const server = await startServerProcess({ DATA_DIR: data, PUBLIC_CHARTS_URL: source })
  const pages = await servePages([server.url])
  try {
    await refreshCharts(server)
    const token = await sessionOf(server)
    for (const place of places) {
      const page = await openChartPage(browser, `${pages.url}/maplibre.html`, place.isPhone === true ? PHONE : DESK)
      await page.open(`${server.url}/api/v1/styles/base.json?${place.query}&token=${token}`, place.center, place.zoom)
      await page.page.screenshot({ path: fileOf(place), type: 'jpeg', quality: 82 })
      problems.push(...(await page.problems()).map((problem) => `${place.file}: ${problem}`))
      await page.close()
      console.log(place.file)
    }
  } finally {
    await pages.close()
    await server.end('SIGTERM')
    rmSync(data, { recursive: true, force: true })
  }
}

async function sessionOf({ url }: { url: string }): Promise<string> {
  const response = await fetch(`${url}/api/portal/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': CHROME },
    body: JSON.stringify({ username: 'admin', password: 'admin' }),
  })
  return ((await response.json()) as { token: { id: string } }).token.id
}

function fileOf({ file }: Place): string {
  return path.join(folder, `${file}.jpg`)
}

function pageOf(places: readonly Place[]): string {
  const pictures = places
    .filter((place) => existsSync(fileOf(place)))
    .map(({ file, title, zoom, query }) => `## ${title}\n\nZoom ${zoom}, \`${query}\`\n\n![${title}](gallery/${file}.jpg)\n`)
  const sheets = Object.entries(PORTAL_SHEETS)
    .filter(([file]) => existsSync(path.join(folder, 'portal', `${file}.webp`)))
    .map(([file, title]) => `### ${title}\n\n![${title}](gallery/portal/${file}.webp)\n`)
  return `# Gallery

Charts as MapLibre GL draws them with \`/api/v1/styles/base.json\`. Not for navigation. \`npm run gallery\` writes this page and its pictures; the
places in the United States need a mirror of NOAA's charts (\`PUBLIC_CHARTS_URL\`). The golden pictures of each family of symbols are in
\`test/portrayal/golden\`.

${pictures.join('\n')}
## The portal

Every sheet has a page by day, in the dark and at night, on a desk and on a phone, of a server with the invented coast.
\`npm run gallery -- portal\` draws them.

${sheets.join('\n')}`
}
