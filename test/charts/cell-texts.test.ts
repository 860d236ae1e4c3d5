import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { after, test } from 'node:test'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { sampleCell, sampleFeatures, zipOf } from '#test/cells.ts'
import { createUploadBench } from '#test/upload-bench.ts'

// Texts that features name in all kinds of ways, from upload to download.

const bench = await createUploadBench()
after(() => bench[Symbol.asyncDispose]())

/** The sample cell with a place for each group of attributes; `national` is its NTXTDS among the national ones. */
function withNotes(name: string, ...values: Record<string, string>[]): Uint8Array {
  const notes = values.map(
    ({ national, ...attributes }): FeatureSpec => ({
      objectClass: 'LNDRGN',
      attributes,
      nationalAttributes: national === undefined ? {} : { NTXTDS: national },
      geometry: { type: 'Point', coordinates: [-30.075, 40.05] },
    }),
  )
  return sampleCell({ name, features: [...sampleFeatures(), ...notes] })
}

/** Uploads files. @returns the warnings about a cell. */
async function send(name: string, files: Record<string, Uint8Array | string>): Promise<readonly string[] | undefined> {
  const entries = Object.entries(files).map(([path, content]) => ({ path, content: Buffer.from(content) }))
  const { id } = await bench.upload('set.zip', await zipOf(entries))
  return (await bench.reports(id))[name]?.warnings
}

const read = async (name: string, file: string) => {
  const { status, body } = await bench.call<string>('GET', `/portal/v1/charts/cells/${name}/files/${encodeURIComponent(file)}`)
  return status === 200 ? body : status
}

const cases: [what: string, name: string, value: Record<string, string>, file: string, asked: string][] = [
  ['in a folder', 'XX5TEXT1', { TXTDSC: 'TEXT\\XXNOTE01.TXT' }, 'TEXT/XXNOTE01.TXT', 'TEXT\\XXNOTE01.TXT'],
  ['with a path of its producer', 'XX5TEXT2', { TXTDSC: 'C:/ENC/XXNOTE01.TXT' }, 'XXNOTE01.TXT', 'C:/ENC/XXNOTE01.TXT'],
  ['of the national language among the other attributes', 'XX5TEXT3', { NTXTDS: 'XXNOTE01.TXT' }, 'XXNOTE01.TXT', 'XXNOTE01.TXT'],
  ['of the national language', 'XX5TEXT4', { national: 'XXNOTE01.TXT' }, 'XXNOTE01.TXT', 'xxnote01.txt'],
  ['with an accent', 'XX5TEXT5', { TXTDSC: 'Détroit.txt' }, 'Détroit.txt', 'DÉTROIT.TXT'],
  ['with an accent that macOS took apart', 'XX5TEXT6', { TXTDSC: 'Détroit.txt' }, 'Détroit.txt'.normalize('NFD'), 'Détroit.txt'],
  ['with other marks', 'XX5TEXT7', { TXTDSC: "O'Neil & Co, #1.TXT" }, "O'Neil & Co, #1.TXT", "O'Neil & Co, #1.TXT"],
  ['called README.TXT', 'XX5TEXT8', { TXTDSC: 'README.TXT' }, 'README.TXT', 'README.TXT'],
]
for (const [what, name, value, file, asked] of cases) {
  test(`a text ${what} comes with its cell`, async () => {
    const warnings = await send(name, { [`A/${name}.000`]: withNotes(name, value), [`A/${file}`]: `note of ${name}` })
    assert.deepEqual(warnings, [])
    assert.equal(await read(name, asked), `note of ${name}`)
  })
}

test('a text that is not there is named, whatever its name', async () => {
  const name = 'XX5TEXT9'
  const warnings = await send(name, { [`${name}.000`]: withNotes(name, { TXTDSC: 'Détroit.txt' }) })
  assert.deepEqual(warnings, ['its features name texts or pictures that no upload contains: DÉTROIT.TXT'])
  assert.equal(await read(name, '../README.TXT'), 404)
})
