import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { paletteOf } from '#portrayal/palette/palette-of.ts'
import { recordProblems } from './chart-page.ts'
import { countColour } from './compare-pictures.ts'

const modules = path.resolve(import.meta.dirname, '../../../node_modules')
const CDN = 'https://unpkg.com'
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
}
/** Colours of land and of shallow water. */
const COLOURS = ['LANDA', 'DEPVS'] as const
const ENOUGH = 2_000
const HANGS_MILLISECONDS = 60_000

export interface DrawnSnippet {
  /** Pixels of each colour of the chart. */
  pixels: Record<(typeof COLOURS)[number], number>
  /** What went wrong on the page, and requests to servers that the snippet does not name. */
  problems: string[]
}

/**
 * Opens a snippet that is a whole page, as it is printed, and waits until it shows land and water. The map library comes from
 * `node_modules` in the place of the public server that the snippet names, if that has the version of the snippet.
 *
 * @param charts origin of the chart server.
 * @throws Error when the page shows no chart within a minute.
 */
export async function drawSnippet(browser: Browser, html: string, charts: string): Promise<DrawnSnippet> {
  const site = await servePage(html)
  // Small, because OpenLayers draws without the graphics card.
  const context = await browser.newContext({ viewport: { width: 480, height: 360 } })
  try {
    await serveLibraries(context)
    const page = await context.newPage()
    const problems = recordProblems(page)
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol.startsWith('http') && ![CDN, charts, site.url].includes(origin)) problems.push(`foreign: ${request.url()}`)
    })
    await page.goto(site.url)
    const deadline = Date.now() + HANGS_MILLISECONDS
    for (;;) {
      const pixels = await countColours(await page.screenshot())
      if (Object.values(pixels).every((count) => count >= ENOUGH)) return { pixels, problems }
      if (Date.now() > deadline) throw new Error(`no chart is drawn: ${JSON.stringify(pixels)} ${problems.join('\n')}`)
    }
  } finally {
    await context.close()
    await site.close()
  }
}

async function countColours(picture: Buffer): Promise<DrawnSnippet['pixels']> {
  const palette = paletteOf('day')
  const counted = COLOURS.map(async (name) => {
    const rgb = [1, 3, 5].map((at) => Number.parseInt(palette[name].slice(at, at + 2), 16)) as [number, number, number]
    return [name, await countColour(picture, rgb)] as const
  })
  return Object.fromEntries(await Promise.all(counted)) as DrawnSnippet['pixels']
}

async function serveLibraries(context: BrowserContext): Promise<void> {
  await context.route(`${CDN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const [, name = '', version, file = ''] = /^\/((?:@[^/]+\/)?[^/@]+)@([^/]+)\/(.+)$/.exec(pathname) ?? []
    const manifest = JSON.parse(await readFile(path.join(modules, name, 'package.json'), 'utf8')) as { version: string }
    if (manifest.version !== version) return await route.abort()
    await route.fulfill({
      body: await readFile(path.join(modules, name, file)),
      contentType: TYPES[path.extname(file)] ?? 'application/octet-stream',
      headers: { 'access-control-allow-origin': '*' },
    })
  })
}

async function servePage(html: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url === '/') response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
    else response.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
