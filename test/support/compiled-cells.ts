import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { createPositionBuffer, readPart } from '#compiled/read/read-part.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { readCell } from '#s57/read-cell.ts'
import type { CellSpec, FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'

/** Reads, compiles and opens a base cell in shared memory. */
export function compiled(bytes: Uint8Array): CompiledCell {
  const file = compileCell(readCell({ name: 'XX5SAMPL.000', bytes }))
  const shared = new SharedArrayBuffer(file.length)
  new Uint8Array(shared).set(file)
  return openCompiledCell(shared)
}

/** Writes, compiles and opens a cell of these features, named XX5SAMPL unless `spec` has a name. */
export function compiledSpec(spec: Partial<CellSpec> & { features: readonly FeatureSpec[] }): CompiledCell {
  return compiled(writeCell({ name: 'XX5SAMPL', ...spec }))
}

/** Returns the rings and lines of the parts `from` up to, not including, `to` at a zoom, as [x, y] positions. */
export function partsOf(cell: CompiledCell, from: number, to: number, zoom: number): number[][][] {
  const buffer = createPositionBuffer(4)
  const found: number[][][] = []
  for (let part = from; part < to; part++) {
    if (readPart(cell, part, zoom, buffer) === 0) continue
    found.push(Array.from({ length: buffer.count }, (_, i) => [buffer.xy[i * 2]!, buffer.xy[i * 2 + 1]!]))
  }
  return found
}
