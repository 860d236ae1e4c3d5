import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { FileSource, PMTiles } from 'pmtiles'
import yauzl from 'yauzl'
import type { ApiClient } from '#cli/client/api-client.ts'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-pack-'))
const mirror = path.join(folder, 'mirror')
await writeDemoMirror(mirror)
const environment = {
  DATA_DIR: path.join(folder, 'data'),
  PUBLIC_CHARTS_URL: pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href,
  PUBLIC_INLAND_CHARTS_URL: '',
}
/** One session for each start of the server. */
const sessions = new Map<ServerProcess, Promise<ApiClient>>()
let server: ServerProcess = await startServerProcess(environment)
after(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})
const refresh = await (await session()).createJob('refresh-public-charts')
assert.ok(refresh)
await jobWhen(refresh, ({ jobState }) => jobState === 'completed')

const COAST = { bbox: [-35.05, 42.85, -34.8, 43.05], minZoom: 6, maxZoom: 13, format: 'pmtiles', kind: 'vector' }

interface Pack {
  id: string
  jobId: string
  state: string
  tiles: number
  fileSize: number | null
}

async function call(method: string, address: string, json?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const { session: token } = await session()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = json === undefined ? {} : { body: JSON.stringify(json) }
  const answer = await fetch(server.url + address, { method, headers, ...body })
  return { status: answer.status, body: answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>) }
}

function session(): Promise<ApiClient> {
  const known = sessions.get(server) ?? server.api()
  sessions.set(server, known)
  return known
}

async function jobWhen(id: string, when: (job: Job) => boolean): Promise<Job> {
  const api = await session()
  const deadline = Date.now() + 240_000
  for (;;) {
    assert.ok(Date.now() < deadline, `job ${id} does not get there`)
    const job = (await api.listJobs()).jobs.find((each) => each.id === id)
    if (job !== undefined && when(job)) return job
    assert.ok(job?.jobState !== 'failed', JSON.stringify(job))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
type Job = Awaited<ReturnType<Awaited<ReturnType<ServerProcess['api']>>['listJobs']>>['jobs'][number]

async function finished(pack: Pack): Promise<Pack> {
  await jobWhen(pack.jobId, ({ jobState }) => jobState === 'completed')
  return (await call('GET', `/api/portal/v1/exports/${pack.id}`)).body as unknown as Pack
}

async function ticketFor(pack: Pack): Promise<string> {
  const { status, body } = await call('POST', '/api/portal/v1/downloads', { exportId: pack.id })
  assert.equal(status, 200, JSON.stringify(body))
  return server.url + String(body['url'])
}

async function unpack(zip: Buffer, name: string): Promise<string> {
  const target = path.join(folder, name)
  const archive = await yauzl.fromBufferPromise(zip)
  for await (const entry of archive.eachEntry()) {
    const file = path.join(target, entry.fileName)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, await buffer(await archive.openReadStreamPromise(entry)))
  }
  return target
}

/** Large enough that a kill finds it at work. */
const DEEP = { ...COAST, maxZoom: 15 }

test('a pack survives kill -9, downloads in two parts, and draws the chart from a folder without a network', {
  skip: withoutChromium,
}, async () => {
  const estimate = await call('POST', '/api/portal/v1/exports/estimate', DEEP)
  assert.equal(estimate.status, 200, JSON.stringify(estimate.body))
  assert.ok(Number(estimate.body['charts']) > 0 && Number(estimate.body['bytes']) > 9_000_000)
  const created = await call('POST', '/api/portal/v1/exports', DEEP)
  assert.equal(created.status, 200, JSON.stringify(created.body))
  const pack = created.body as unknown as Pack
  assert.equal(pack.tiles, estimate.body['tiles'])
  assert.equal((await call('POST', '/api/portal/v1/downloads', { exportId: pack.id })).status, 409)

  await jobWhen(pack.jobId, ({ percentComplete }) => percentComplete > 0)
  await server.end('SIGKILL')
  server = await startServerProcess(environment)
  const done = await finished(pack)
  const job = await jobWhen(pack.jobId, () => true)
  const { body: summary } = await call('GET', `/api/portal/v1/jobs/${pack.jobId}?view=summary`)
  assert.deepEqual(summary['startedBy'], { kind: 'user', userId: 1, username: 'admin' })
  assert.ok(
    job.logs.some(({ message }) => message.startsWith('Continuing after')),
    JSON.stringify(job.logs),
  )
  assert.ok(done.tiles > 0 && done.fileSize !== null)

  const address = await ticketFor(pack)
  const head = await fetch(address, { method: 'HEAD' })
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(done.fileSize)])
  const first = await fetch(address, { headers: { range: 'bytes=0-999999' } })
  assert.deepEqual([first.status, first.headers.get('content-range')], [206, `bytes 0-999999/${done.fileSize}`])
  const rest = await fetch(address, { headers: { range: 'bytes=1000000-' } })
  const zip = Buffer.concat([Buffer.from(await first.arrayBuffer()), Buffer.from(await rest.arrayBuffer())])
  assert.equal(zip.byteLength, done.fileSize)
  const again = await fetch(address)
  assert.equal(again.status, 410)
  await again.arrayBuffer()

  const unpacked = await unpack(zip, 'pack')
  const archive = new PMTiles(new FileSource(new File([await readFile(path.join(unpacked, 'charts.pmtiles'))], 'charts.pmtiles')))
  const header = await archive.getHeader()
  assert.deepEqual([header.minZoom, header.maxZoom, header.numAddressedTiles], [6, 15, done.tiles])
  assert.ok(Math.abs(header.minLon + 35.05) < 1e-6 && Math.abs(header.maxLat - 43.05) < 1e-6)
  await drawsFromFolder(unpacked)
})

async function drawsFromFolder(unpacked: string): Promise<void> {
  const browser = await openChromium()
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 700 } })
    await page.context().setOffline(true)
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${pathToFileURL(path.join(unpacked, 'index.html')).href}#12.5/42.95/-34.93`)
    await page.setInputFiles('#file', path.join(unpacked, 'charts.pmtiles'))
    await page.waitForSelector('body[data-state=drawn]')
    await page.click('button[value=dusk]')
    await page.waitForSelector('body.dusk[data-state=drawn]')
    for (const control of ['#themes button', '#notice', '.maplibregl-ctrl-attrib', '.maplibregl-ctrl-group']) {
      assert.ok((await brightnessOf(page, control)) < 128, `${control} is bright at dusk`)
    }
    await page.setViewportSize({ width: 390, height: 700 })
    assert.ok(await isUncovered(page, '#notice'), 'something covers the notice on a phone')
    await page.setViewportSize({ width: 900, height: 700 })
    await page.click('button[value=night]')
    await page.waitForSelector('body.night[data-state=drawn]')
    const picture = process.env['PACK_PICTURE']
    if (picture !== undefined) await page.screenshot({ path: picture })
    // The new size is drawn after the new colours.
    await page.waitForFunction('globalThis.chartroomMap.queryRenderedFeatures().length > 50')
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
}

/** Brightness of the background of an element, 0 to 255. */
async function brightnessOf(page: Page, selector: string): Promise<number> {
  const colour = await page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`)
  const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return (red + green + blue) / 3
}

/** Whether nothing lies over an element at its left and its right. */
async function isUncovered(page: Page, selector: string): Promise<boolean> {
  return await page.evaluate<boolean>(`{
    const element = document.querySelector('${selector}')
    const { left, right, top, bottom } = element.getBoundingClientRect()
    ;[left + 4, right - 4].every((x) => document.elementFromPoint(x, (top + bottom) / 2) === element)
  }`)
}

test('a raster pack is an MBTiles file whose tiles are those of the server', async () => {
  const given = { ...COAST, minZoom: 9, maxZoom: 10, format: 'mbtiles', kind: 'raster', theme: 'dusk' }
  const pack = await finished((await call('POST', '/api/portal/v1/exports', given)).body as unknown as Pack)
  const answer = await fetch(await ticketFor(pack))
  const unpacked = await unpack(Buffer.from(await answer.arrayBuffer()), 'raster')
  assert.deepEqual((await readdir(unpacked)).includes('index.html'), false)
  const database = new DatabaseSync(path.join(unpacked, 'charts.mbtiles'), { readOnly: true })
  const metadata = Object.fromEntries(
    database
      .prepare('select name, value from metadata')
      .all()
      .map((row) => [row['name'], row['value']]),
  )
  assert.deepEqual([metadata['format'], metadata['minzoom'], metadata['bounds']], ['png', '9', COAST.bbox.join(',')])
  const rows = database.prepare('select * from tiles').all()
  assert.equal(rows.length, pack.tiles)
  const { session: token } = await session()
  for (const { zoom_level: z, tile_column: x, tile_row: row, tile_data: data } of rows) {
    const y = 2 ** Number(z) - 1 - Number(row)
    const tile = await fetch(`${server.url}/api/v2/tiles/enc-raster-v2/${z}/${x}/${y}.png?theme=dusk&token=${token}`)
    assert.deepEqual(Buffer.from(data as Uint8Array), Buffer.from(await tile.arrayBuffer()), `${z}/${x}/${y}`)
  }
  database.close()
})

test('a pack with changed colours holds the symbols in these, and those of the other themes as they are', async () => {
  const made = (await call('POST', '/api/portal/v1/styles', { name: 'green', theme: 'dusk' })).body
  const { colors, settings } = made['parameters'] as { colors: Record<string, string>; settings: object }
  const parameters = { colors: { ...colors, CHMGD: '#00a000' }, settings }
  await call('POST', `/api/portal/v1/styles/${made['id']}`, { parameters })
  const given = { ...COAST, maxZoom: 7, theme: 'dusk', styleId: made['id'] }
  const pack = await finished((await call('POST', '/api/portal/v1/exports', given)).body as unknown as Pack)
  const answer = await fetch(await ticketFor(pack))
  const unpacked = await unpack(Buffer.from(await answer.arrayBuffer()), 'coloured')
  const style = JSON.parse(await readFile(path.join(unpacked, 'style-dusk.json'), 'utf8')) as { sprite: string }
  assert.equal(style.sprite, './sprites/dusk')
  const held = (name: string) => readFile(path.join(unpacked, 'sprites', name))
  const own = (name: string) => readFile(path.resolve('assets/sprites', name))
  for (const name of ['day.png', 'night@2x.png', 'dusk.json']) assert.deepEqual(await held(name), await own(name), name)
  const { session: token } = await session()
  const headers = { authorization: `Bearer ${token}` }
  const document = (await call('GET', `/api/v1/styles/base.json?styleId=${made['id']}`)).body
  for (const ratio of ['', '@2x']) {
    const sprite = await fetch(String(document['sprite']).replace('/dusk?', `/dusk${ratio}.png?`), { headers })
    assert.equal(sprite.status, 200)
    assert.deepEqual(await held(`dusk${ratio}.png`), Buffer.from(await sprite.arrayBuffer()))
    assert.notDeepEqual(await held(`dusk${ratio}.png`), await own(`dusk${ratio}.png`))
  }
})

test('a pack that is deleted leaves neither file nor record, and its job is cancelled', async () => {
  const pack = (await call('POST', '/api/portal/v1/exports', { ...COAST, maxZoom: 15 })).body as unknown as Pack
  assert.equal((await call('DELETE', `/api/portal/v1/exports/${pack.id}`)).status, 204)
  const job = await jobWhen(pack.jobId, ({ jobState }) => jobState === 'cancelled' || jobState === 'completed')
  assert.equal(job.jobState, 'cancelled')
  assert.equal((await call('GET', `/api/portal/v1/exports/${pack.id}`)).status, 404)
  assert.ok(!(await readdir(path.join(folder, 'data', 'exports'))).includes(pack.id))
})

test('a pack that cannot be made is refused with what is accepted', async () => {
  for (const [change, field] of [
    [{ bbox: [10, 50, 11, 40] }, '/bbox'],
    [{ maxZoom: 17 }, '/maxZoom'],
    [{ minZoom: 12, maxZoom: 11 }, '/minZoom'],
  ] as const) {
    const { status, body } = await call('POST', '/api/portal/v1/exports', { ...COAST, ...change })
    assert.deepEqual([status, (body['errors'] as { field: string }[])[0]?.field], [400, field])
  }
  const world = await call('POST', '/api/portal/v1/exports', { ...COAST, bbox: [-180, -80, 180, 80], maxZoom: 16 })
  assert.deepEqual([world.status, world.body['code']], [400, 'EXPORT_TOO_LARGE'])
  assert.equal((await call('POST', '/api/portal/v1/exports', { ...COAST, styleId: 99 })).status, 404)
})
