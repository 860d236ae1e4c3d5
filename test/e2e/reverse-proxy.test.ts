import assert from 'node:assert/strict'
import { createCipheriv } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { mirrorCell, sampleCell, writeMirror, zipOf } from '#test/cells.ts'
import { freePort } from '#test/free-port.ts'
import { type NginxProxy, nginxMissing, startNginx } from '#test/nginx-proxy.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// A real server behind nginx with TLS and a sub-folder, as docs/operations.md configures it. The charts are NOAA's Savannah where a
// copy of the mirror exists beside the project, and otherwise invented.

const skip = nginxMissing()
const savannah = path.resolve(import.meta.dirname, '../../../shared/charts/noaa-mirror/day1')
/** The client addresses of these tests; nginx listens on 127.0.0.1. */
const [CLIENT, OTHER] = ['127.0.0.2', '127.0.0.3']
const UPLOAD_BYTES = 100_000_000

let folder: string
let proxy: NginxProxy
let server: ServerProcess
let base: string
let token: string

before(async () => {
  if (skip !== false) return
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-proxy-'))
  const port = await freePort()
  proxy = await startNginx(port)
  base = `${proxy.origin}/enc`
  server = await startServerProcess({
    PORT: String(port),
    DATA_DIR: path.join(folder, 'data'),
    TRUSTED_PROXIES: '127.0.0.1',
    PUBLIC_URL: base,
    PUBLIC_CHARTS_URL: `file://${await catalogue()}`,
  })
  const login = await post('/api/portal/v1/auth/login', { username: 'admin', password: 'admin' })
  token = (JSON.parse(login.body.toString()) as { token: { id: string } }).token.id
})
after(async () => {
  await server?.end('SIGTERM')
  await proxy?.close()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

async function catalogue(): Promise<string> {
  if (existsSync(savannah)) return path.join(savannah, 'ENCProdCat.xml')
  const own = path.join(folder, 'mirror')
  await writeMirror(own, [mirrorCell({ name: 'XX5PROXY' })])
  return path.join(own, 'ENCProdCat.xml')
}

const authorized = () => ({ authorization: `Bearer ${token}` })

function post(url: string, body: unknown, from = CLIENT, headers: Record<string, string> = {}) {
  const json = { 'content-type': 'application/json', ...headers }
  return proxy.fetch(base + url, { method: 'POST', headers: json, body: Buffer.from(JSON.stringify(body)), from })
}

interface EventJob {
  id: string
  jobType: string
  jobState: string
}

/** Waits on the stream of events for the end of a job. */
async function ended(stream: AsyncIterable<string>, isWanted: (job: EventJob) => boolean): Promise<EventJob> {
  let rest = ''
  for await (const text of stream) {
    const frames = (rest + text).split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const data = /^data: (.*)$/m.exec(frame)?.[1]
      if (data === undefined) continue
      const job = JSON.parse(data) as EventJob
      if (isWanted(job) && job.jobState !== 'pending' && job.jobState !== 'running') return job
    }
  }
  assert.fail('the stream of events ended before the job')
}

test('a refresh is followed by events through the proxy', { skip, timeout: 240_000 }, async () => {
  const events = await proxy.open(`${base}/api/portal/v1/jobs/events`, { headers: authorized(), from: CLIENT })
  assert.equal(events.statusCode, 200)
  const started = await post('/api/portal/v1/jobs', { jobType: 'refresh-public-charts' }, CLIENT, authorized())
  assert.equal(started.status, 200, started.body.toString())
  const { jobId } = JSON.parse(started.body.toString()) as { jobId: string }
  const job = await ended(events.setEncoding('utf8'), ({ id }) => id === jobId)
  assert.equal(job.jobState, 'completed')
  events.destroy()
})

test('the addresses of TileJSON lead through the proxy to tiles', { skip }, async () => {
  const answer = await proxy.fetch(`${base}/api/v2/tiles/enc-v2.json`, { headers: authorized() })
  assert.equal(answer.status, 200)
  const { tiles, bounds } = JSON.parse(answer.body.toString()) as { tiles: string[]; bounds: number[] }
  assert.equal(tiles[0], `${base}/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt`)
  assert.ok(bounds)
  const cells = await proxy.fetch(`${base}/api/v1/cells?bbox=-180,-90,180,90`, { headers: authorized() })
  const list = JSON.parse(cells.body.toString()) as { cells: { bbox: [number, number, number, number] }[] }
  const [west, south, east, north] = list.cells.at(-1)?.bbox ?? assert.fail(cells.body.toString().slice(0, 300))
  const url = (tiles[0] ?? '').replace('{z}/{x}/{y}', tileAt((west + east) / 2, (south + north) / 2, 12))
  // Just after a change, a busy server may still answer with the charts of a second ago.
  for (let tries = 0; ; tries++) {
    const tile = await proxy.fetch(url, { headers: authorized() })
    assert.equal(tile.status, 200)
    if (tile.body.length > 0) break
    assert.ok(tries < 50, 'the tile is empty')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
})

test('an upload of 100 MB passes the proxy and its charts are indexed', { skip, timeout: 240_000 }, async () => {
  const bytes = sampleCell({ name: 'XX5LARGE' })
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)).update(Buffer.alloc(UPLOAD_BYTES))
  const zip = await zipOf([
    { path: 'ENC_ROOT/XX5LARGE.000', content: bytes },
    { path: 'ENC_ROOT/NOISE.TXT', content: noise },
  ])
  assert.ok(zip.length > UPLOAD_BYTES)
  const events = await proxy.open(`${base}/api/portal/v1/jobs/events`, { headers: authorized(), from: CLIENT })
  const mark = 'a-boundary-that-does-not-occur'
  const head = `--${mark}\r\ncontent-disposition: form-data; name="file"; filename="large.zip"\r\ncontent-type: application/zip\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), zip, Buffer.from(`\r\n--${mark}--\r\n`)])
  const headers = { ...authorized(), 'content-type': `multipart/form-data; boundary=${mark}` }
  const answer = await proxy.fetch(`${base}/api/portal/v1/charts/upload`, { method: 'POST', headers, body, from: CLIENT })
  assert.equal(answer.status, 200, answer.body.toString())
  const job = await ended(events.setEncoding('utf8'), ({ jobType }) => jobType === 'user-upload')
  assert.equal(job.jobState, 'completed', JSON.stringify(job))
  const { id } = (JSON.parse(answer.body.toString()) as { upload: { id: number } }).upload
  const upload = await proxy.fetch(`${base}/api/portal/v1/charts/uploads/${id}`, { headers: authorized() })
  assert.equal((JSON.parse(upload.body.toString()) as { upload: { status: string } }).upload.status, 'succeeded')
  events.destroy()
})

test('the login limit counts each client behind the proxy, even when it forges its address', { skip }, async () => {
  const fail = (from: string, headers = {}) =>
    post('/api/portal/v1/auth/login', { username: 'a-stranger', password: 'wrong' }, from, headers)
  const statuses: number[] = []
  for (let i = 0; i < 12; i++) {
    const forged = { 'x-forwarded-for': `192.0.2.${i}`, forwarded: `for=192.0.2.${i}` }
    statuses.push((await fail(CLIENT, forged)).status)
  }
  assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429, 429])
  const right = { username: 'admin', password: 'admin' }
  assert.equal((await post('/api/portal/v1/auth/login', right, OTHER)).status, 200, 'another client signs in')
})

/** `z/x/y` of the tile at a place, by the tiling of EPSG:3857. */
function tileAt(longitude: number, latitude: number, z: number): string {
  const x = Math.floor(((longitude + 180) / 360) * 2 ** z)
  const y = Math.floor((0.5 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z)
  return `${z}/${x}/${y}`
}
