import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { isOfChart } from '#tiles/draw/geo-json.ts'
import type { CellFiles } from './chart-files.ts'

/** Compiles and opens a cell of files. */
export function openCell({ base, updates }: CellFiles): CompiledCell {
  const bytes = compileCell(readCell(base, updates))
  const shared = new SharedArrayBuffer(bytes.length)
  new Uint8Array(shared).set(bytes)
  return openCompiledCell(shared)
}

/** Visits every feature of a chart with its class and the depths of its soundings in metres. */
export function visitFeatures(cell: CompiledCell, visit: (feature: number, acronym: string, depths: number[]) => void): void {
  for (let feature = 0; feature < cell.featureCount; feature++) {
    if (!isOfChart(cell, feature)) continue
    const acronym = objectClassName(cell.objectClass[feature]!)
    const [from, to] = [cell.pointStart[feature]!, cell.pointStart[feature + 1]!]
    const depths = acronym === 'SOUNDG' ? [...cell.pointDepth.subarray(from, to)].map((depth) => depth / 1_000) : []
    visit(feature, acronym, depths)
  }
}

/** How many sentences of one class the table has. */
const SHARE: ReadonlyMap<string, number> = new Map([
  ...['LIGHTS', 'BOYLAT', 'BCNLAT', 'WRECKS', 'OBSTRN', 'RESARE', 'BRIDGE', 'M_QUAL'].map((name): [string, number] => [name, 8]),
])
const USUAL_SHARE = 2

/** Returns lines `CLASS sentence`, spread evenly over the distinct sentences of each class in alphabetical order. */
export function tableOf(sentences: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...sentences]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([acronym, distinct]) => {
      const all = [...distinct].sort()
      const count = Math.min(all.length, SHARE.get(acronym) ?? USUAL_SHARE)
      return Array.from({ length: count }, (_, i) => `${acronym} ${all[Math.floor((i * all.length) / count)]}`)
    })
}
