import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { writeDemoMirror } from './write-demo-mirror.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-demo-mirror-'))
  await writeDemoMirror(path.join(folder, 'first'))
  await writeDemoMirror(path.join(folder, 'second'))
})
after(() => rm(folder, { recursive: true }))

async function unzip(file: string): Promise<Map<string, Buffer>> {
  const zip = await yauzl.openPromise(file)
  const found = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  return found
}

test('writeDemoMirror writes the catalogue and a zip of the listed size for each cell', async () => {
  const first = path.join(folder, 'first')
  const xml = await readFile(path.join(first, 'ENCProdCat.xml'), 'utf8')
  const names = [...xml.matchAll(/<name>(.*)<\/name>/g)].map(([, name]) => name!)
  const sizes = [...xml.matchAll(/<zipfile_size>(\d+)</g)].map(([, size]) => Number(size))
  assert.equal(names.length, 5)
  assert.deepEqual((await readdir(first)).toSorted(), ['ENCProdCat.xml', ...names.map((name) => `${name}.zip`)].toSorted())
  for (const [i, name] of names.entries()) assert.equal((await stat(path.join(first, `${name}.zip`))).size, sizes[i])
})

test('a demo zip has the cell, its updates and a catalogue with their checksums', async () => {
  const entries = await unzip(path.join(folder, 'first', 'XX5DEMOC.zip'))
  assert.deepEqual(
    [...entries.keys()],
    ['ENC_ROOT/CATALOG.031', 'ENC_ROOT/README.TXT', 'ENC_ROOT/XX5DEMOC/XX5DEMOC.000', 'ENC_ROOT/XX5DEMOC/XX5DEMOC.001'],
  )
  const catalogue = entries.get('ENC_ROOT/CATALOG.031')!.toString('latin1')
  for (const extension of ['000', '001']) {
    const checksum = crc32(entries.get(`ENC_ROOT/XX5DEMOC/XX5DEMOC.${extension}`)!)
      .toString(16)
      .toUpperCase()
      .padStart(8, '0')
    assert.match(catalogue, new RegExp(`XX5DEMOC\\\\XX5DEMOC\\.${extension}\x1f.*\x1f${checksum}\x1f`))
  }
})

test('writeDemoMirror gives the same bytes each time', async () => {
  for (const name of await readdir(path.join(folder, 'first'))) {
    const [first, second] = await Promise.all(['first', 'second'].map((each) => readFile(path.join(folder, each, name))))
    assert.ok(first!.equals(second!), name)
  }
})
