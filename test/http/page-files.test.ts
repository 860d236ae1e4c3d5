import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())

const manifest = new URL('../package.json', import.meta.resolve('maplibre-gl/dist/maplibre-gl.css'))
const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
const FOLDER = `/assets/maplibre-${version}`
const IMMUTABLE = 'public, max-age=31536000, immutable'

test('MapLibre is served under its version, immutable, with the right types', async () => {
  for (const file of ['maplibre-gl.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl-worker.mjs', 'maplibre-gl.css']) {
    const answer = await fixture.call('GET', `${FOLDER}/${file}`)
    assert.equal(answer.status, 200, file)
    assert.equal(answer.headers.get('cache-control'), IMMUTABLE)
    assert.match(answer.headers.get('content-type') ?? '', file.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
  }
})

test('/assets/ serves nothing else, and a file of another version is revalidated', async () => {
  for (const file of ['package.json', '..%2Fmaplibre-gl.mjs', '%2e%2e%2fpackage.json', '__proto__']) {
    assertProblem(await fixture.call('GET', `${FOLDER}/${file}`), 404, 'STATIC_NOT_FOUND')
  }
  const old = await fixture.call('GET', '/assets/maplibre-1.0.0/maplibre-gl.css')
  assert.deepEqual([old.status, old.headers.get('cache-control')], [200, 'no-cache'])
})
