import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { isS101 } from '#s57/is-s101.ts'
import { readDataset } from '#s101/read-dataset.ts'
import { writeDataset } from '#s101/writer/write-dataset.ts'
import { twinSpecs } from './twin-cells.ts'

/** The repository of the S-164 sub-group, which names no licence for its data: beside the checkout, or where S164_FOLDER says. */
const folder = process.env['S164_FOLDER'] ?? path.resolve(import.meta.dirname, '..', '..', '..', 'S-164-Sub-Group')
/** Datasets that are corrupt on purpose, and cells of catalogues that do not exist. */
const SPOILT = /CorruptData|InvalidObjects|InvalidSequence/i

/** Counts the features of each type by walking only leaders, directories and the table of types. */
function countByType(bytes: Buffer): Map<string, number> {
  const types = new Map<number, string>()
  const counts = new Map<string, number>()
  const digits = (from: number, length: number) => Number(bytes.toString('latin1', from, from + length))
  for (let record = 0; record + 24 <= bytes.length; ) {
    const base = digits(record + 12, 5)
    const [lengthSize, positionSize] = [digits(record + 20, 1), digits(record + 21, 1)]
    let end = base
    for (let entry = record + 24; bytes[entry] !== 0x1e; entry += 4 + lengthSize + positionSize) {
      const tag = bytes.toString('latin1', entry, entry + 4)
      const length = digits(entry + 4, lengthSize)
      const position = base + digits(entry + 4 + lengthSize, positionSize)
      end = Math.max(end, position + length)
      const isData = bytes.toString('latin1', record + 6, record + 7) === 'D'
      const field = bytes.subarray(record + position, record + position + length - 1)
      if (isData && tag === 'FTCS') {
        for (let at = 0; at < field.length; ) {
          const stop = field.indexOf(0x1f, at)
          types.set(field.readUInt16LE(stop + 1), field.toString('utf8', at, stop))
          at = stop + 3
        }
      } else if (isData && tag === 'FRID') {
        const type = types.get(field.readUInt16LE(5)) ?? `FTCS_${field.readUInt16LE(5)}`
        counts.set(type, (counts.get(type) ?? 0) + 1)
      }
    }
    record += end
  }
  return counts
}

function assertCounts(file: string, bytes: Buffer): void {
  const counts = new Map<string, number>()
  for (const { object } of readDataset({ name: path.basename(file), bytes }).features()) {
    counts.set(object.type, (counts.get(object.type) ?? 0) + 1)
  }
  assert.deepEqual(new Map([...counts].sort()), new Map([...countByType(bytes)].sort()), file)
}

test('a written dataset has as many features of each type as a count of its records', () => {
  assertCounts('written', writeDataset(twinSpecs({ seed: 3, squares: 3, vertices: 5 }).s101))
})

test('every dataset of S-164 is read with as many features of each type as a count of its records', {
  skip: existsSync(folder) ? false : 'there is no S-164 data beside the checkout or at S164_FOLDER',
}, () => {
  const files = globSync('**/*.000', { cwd: folder }).filter((file) => !SPOILT.test(file))
  for (const file of files) {
    const bytes = readFileSync(path.join(folder, file))
    if (isS101(bytes)) assertCounts(file, bytes)
  }
})
