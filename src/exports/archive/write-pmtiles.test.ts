import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { FileSource, PMTiles } from 'pmtiles'
import { describeTiles } from '#tiles/tile-json.ts'
import { packTiles } from '../pack-tiles.ts'
import { openWorkFile } from './work-file.ts'
import type { PackMetadata } from './work-file-messages.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-pmtiles-'))
after(() => rm(folder, { recursive: true, force: true }))

const about = { box: [-81, 31, -80, 32], name: 'Charts', description: 'For a test', attribution: 'Nobody' } as const

async function write(name: string, metadata: PackMetadata, dataOf: (key: string) => Uint8Array): Promise<PMTiles> {
  const work = await openWorkFile(path.join(folder, name, 'charts.mbtiles'))
  const tiles = [...packTiles(metadata)]
  const stored = tiles.map((tile) => ({ ...tile, data: dataOf(`${tile.z}/${tile.x}/${tile.y}`) }))
  await work.put(stored, stored.length)
  const file = path.join(folder, name, 'charts.pmtiles')
  assert.equal((await work.finish(metadata, file)).tiles, tiles.length)
  await work.close()
  return new PMTiles(new FileSource(new File([await readFile(file)], name)))
}

test('a PMTiles archive of vector tiles keeps every tile and the description of all layers', async () => {
  const vectorLayers = describeTiles('', '1', '').vector_layers
  const metadata: PackMetadata = { ...about, minZoom: 5, maxZoom: 11, kind: 'vector', vectorLayers }
  const archive = await write('vector', metadata, (key) => gzipSync(`tile ${key}`))
  for (const { z, x, y } of packTiles(metadata)) {
    const tile = await archive.getZxy(z, x, y)
    assert.equal(Buffer.from(tile?.data ?? new ArrayBuffer(0)).toString(), `tile ${z}/${x}/${y}`)
  }
  assert.equal(await archive.getZxy(11, 0, 0), undefined)
  const found = (await archive.getMetadata()) as { vector_layers: unknown[] }
  assert.deepEqual(found.vector_layers, JSON.parse(JSON.stringify(vectorLayers)))
  const { minLon, minLat, maxLon, maxLat, minZoom, maxZoom } = await archive.getHeader()
  assert.deepEqual([minLon, minLat, maxLon, maxLat, minZoom, maxZoom], [-81, 31, -80, 32, 5, 11])
})

test('a PMTiles archive of raster tiles gives each picture back as it was', async () => {
  const metadata: PackMetadata = { ...about, minZoom: 8, maxZoom: 9, kind: 'raster', vectorLayers: [] }
  const archive = await write('raster', metadata, (key) => Buffer.from(`picture ${key}`))
  for (const { z, x, y } of packTiles(metadata)) {
    const tile = await archive.getZxy(z, x, y)
    assert.equal(Buffer.from(tile?.data ?? new ArrayBuffer(0)).toString(), `picture ${z}/${x}/${y}`)
  }
})
