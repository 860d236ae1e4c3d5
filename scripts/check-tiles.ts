// `npm run check-tiles -- [folder with zips of cells] [--cells PATTERN] [--points 10000] [--pairs 300] [--zooms 0-14] [--seed 1]`:
// draws the tiles of random points on ground that cells cover and checks each: geometry is valid, exactly one depth or land covers
// every point, no point object is drawn twice, and neighbours agree on their common edge. Without a folder, it checks the invented
// coast. `--every` draws every tile that meets a cell instead; `--slice 0/8` draws an eighth of them, `1/8` the next eighth.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { readCellFiles } from '#charts/zip/read-cell-files.ts'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import type { CellFile } from '#s57/cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { auditCells } from '#test/audit-cells.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cells: { type: 'string', default: '*' },
    points: { type: 'string', default: '10000' },
    pairs: { type: 'string', default: '300' },
    zooms: { type: 'string', default: '0-14' },
    seed: { type: 'string', default: '1' },
    every: { type: 'boolean', default: false },
    slice: { type: 'string', default: '0/1' },
  },
})

const [first = 0, last = first] = values.zooms.split('-').map(Number)
const cells = await loadCells(positionals[0])
console.log(`${cells.length} cells: ${cells.map(({ header }) => header.name).join(' ')}`)
const [slice = 0, of = 1] = values.slice.split('/').map(Number)
let faults = 0
for await (const audit of auditCells({
  cells,
  zooms: Array.from({ length: last - first + 1 }, (_, i) => first + i),
  pointsPerZoom: Number(values.points),
  pairsPerZoom: Number(values.pairs),
  seed: Number(values.seed),
  every: values.every ? { slice, of } : undefined,
})) {
  const kinds = [...audit.faults].map(([kind, words]) => `${words.length} ${kind}`).join(', ')
  console.log(
    `zoom ${audit.zoom}: ${audit.tiles} tiles, ${audit.points} points, largest ${audit.bytes} bytes: ${kinds === '' ? 'no faults' : kinds}`,
  )
  for (const words of audit.faults.values()) {
    faults += words.length
    for (const each of words.slice(0, 5)) console.log(`  ${each}`)
  }
}
process.exitCode = faults === 0 ? 0 : 1

async function loadCells(folder: string | undefined): Promise<CompiledCell[]> {
  if (folder === undefined) return demoCells().map(({ files }) => compile(files[0]!, files.slice(1)))
  const pattern = new RegExp(`^(${values.cells.replaceAll('*', '.*').replaceAll(',', '|')})\\.zip$`)
  const found: CompiledCell[] = []
  for (const name of readdirSync(folder).filter((each) => pattern.test(each))) {
    const { base, updates } = await readCellFiles(path.join(folder, name), name)
    found.push(compile(base, updates))
  }
  return found
}

function compile(base: CellFile, updates: readonly CellFile[]): CompiledCell {
  const bytes = compileCell(readCell(base, updates))
  return openCompiledCell(bytes.buffer as ArrayBuffer)
}
