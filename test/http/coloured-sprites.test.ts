import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { ASSETS_FOLDER } from '../../src/http/static/chart-assets.ts'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const token = await fixture.adminSession()

async function spriteOf(colors: Record<string, string>, theme = 'day'): Promise<string> {
  const created = await fixture.call('POST', '/api/portal/v1/styles', { token, json: { name: 'own', theme } })
  const { id, parameters } = created.body as { id: number; parameters: { colors: Record<string, string> } }
  const json = { parameters: { ...parameters, colors: { ...parameters.colors, ...colors } } }
  await fixture.call('POST', `/api/portal/v1/styles/${id}`, { token, json })
  const { body } = await fixture.call('GET', `/api/v1/styles/base.json?styleId=${id}`, { token })
  const address = String((body as StyleSpecification).sprite)
  assert.ok(address.startsWith(fixture.origin))
  return address.slice(fixture.origin.length)
}

/** The address of a file of a sprite, as MapLibre makes it. */
function fileOf(sprite: string, ending: string): string {
  const [file, query] = sprite.split('?')
  return `${file}${ending}${query === undefined ? '' : `?${query}`}`
}

async function bytes(url: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) {
  const answer = await fetch(fixture.origin + url, { headers })
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
}

interface Entry {
  x: number
  y: number
  width: number
  height: number
}

/** How many of the opaque pixels of an image in a sprite have a colour. */
async function pixelsOf(picture: Buffer, { x, y, width, height }: Entry, colour: string): Promise<number> {
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(await loadImage(picture), -x, -y)
  const { data } = context.getImageData(0, 0, width, height)
  let count = 0
  for (let at = 0; at < data.length; at += 4) {
    const hex = `#${data.subarray(at, at + 3).reduce((text, value) => text + value.toString(16).padStart(2, '0'), '')}`
    if (data[at + 3] === 255 && hex === colour) count++
  }
  return count
}

test('symbols, patterns and complex lines have the colours of a custom style, and no other changes', async () => {
  const sprite = await spriteOf({ CHMGD: '#00ff00' })
  const own = readFileSync(path.join(ASSETS_FOLDER, 'sprites', 'day@2x.png'))
  const list = await bytes(fileOf(sprite, '@2x.json'))
  assert.equal(list.status, 200)
  const entries = JSON.parse(list.body.toString()) as Record<string, Entry>
  assert.deepEqual(entries, JSON.parse(readFileSync(path.join(ASSETS_FOLDER, 'sprites', 'day@2x.json'), 'utf8')))
  const { status, headers, body } = await bytes(fileOf(sprite, '@2x.png'))
  assert.equal(status, 200)
  assert.equal(headers.get('content-type'), 'image/png')
  assert.match(headers.get('cache-control') ?? '', /private.*immutable/)
  for (const name of ['ACHARE02', 'line/CBLSUB06', 'ISODGR01', 'DANGER01']) {
    const entry = entries[name]!
    const [before, after] = [await pixelsOf(own, entry, '#c045d1'), await pixelsOf(body, entry, '#00ff00')]
    if (name === 'ACHARE02' || name === 'line/CBLSUB06') {
      assert.ok(before > 20 && after > 0.8 * before, `${name}: ${before}, then ${after}`)
      assert.equal(await pixelsOf(body, entry, '#c045d1'), 0)
    } else assert.equal(after, 0, name)
  }
})

test('outlines of marks follow CHBLK, and their fills do not', async () => {
  const sprite = await spriteOf({ CHBLK: '#ff00ff' }, 'dusk')
  const entries = JSON.parse((await bytes(fileOf(sprite, '.json'))).body.toString()) as Record<string, Entry>
  const { body } = await bytes(fileOf(sprite, '.png'))
  const buoy = entries['mark/BOY2-4-']!
  assert.ok((await pixelsOf(body, buoy, '#ff00ff')) > 4)
  assert.ok((await pixelsOf(body, buoy, '#2f8e20')) > 20)
})

test('a sprite is the same bytes when asked again, and 304 for those who have it', async () => {
  const sprite = fileOf(await spriteOf({ CHRED: '#123456' }), '.png')
  const first = await bytes(sprite)
  const again = await bytes(sprite)
  assert.deepEqual(again.body, first.body)
  const etag = first.headers.get('etag') ?? ''
  assert.equal((await bytes(sprite, { authorization: `Bearer ${token}`, 'if-none-match': etag })).status, 304)
})

test('a coloured sprite needs a token, colours that there are, and a name that there is', async () => {
  const sprite = await spriteOf({ CHRED: '#123456' })
  assert.equal((await bytes(fileOf(sprite, '.png'), {})).status, 401)
  assert.equal((await bytes(`${fileOf(sprite, '.png')}&token=${token}`, {})).status, 200)
  const call = (url: string) => fixture.call('GET', url, { token })
  const folder = sprite.slice(0, sprite.indexOf('/day?'))
  const { detail } = assertProblem(await call(`${folder}/day.png?colours=CHRED-red`), 400, 'VALIDATION_FAILED')
  assert.match(detail, /CHBLK-102030/)
  assertProblem(await call(`${folder}/day.png`), 400, 'VALIDATION_FAILED')
  assertProblem(await call(`${folder}/dawn.png?colours=CHRED-123456`), 404, 'STATIC_NOT_FOUND')
})

test('colours that equal the theme’s do not make a sprite', async () => {
  assert.match(await spriteOf({}), /\/static\/[0-9a-f]{16}\/sprites\/day$/)
})
