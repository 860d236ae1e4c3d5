import { createHash } from 'node:crypto'
import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { compiledKey } from '#compiled/format/compiled-keys.ts'
import { createCellCompiler } from '#compiled/write/compile-cell.ts'
import { messageOf } from '#lib/errors.ts'
import { shortened } from '#lib/shortened.ts'
import { storableText } from '#lib/storable-text.ts'
import type { CellFile } from '#s57/cell.ts'
import { RecordError, readChart } from '#s101/chart/read-chart.ts'
import { type CellSummary, summarise } from './cell-summary.ts'

/** A compiled cell to be stored. */
export interface CompiledBytes {
  /** Storage key, derived from the content. */
  key: string
  version: number
  bytes: Uint8Array
}

/** A cell that was parsed and compiled. */
export interface ReadCell {
  summary: CellSummary
  /** Null for a cancelled cell, which is not drawn. */
  compiled: CompiledBytes | null
}

export interface CompileOptions {
  /** Name of the cell; DSNM unless given. */
  name?: string
  /** Why later updates have already been left out; null when none have. */
  stoppedBy?: string | null
  /** Called often, and may pause. */
  giveWay?: () => void
}

/**
 * Parses the files of a cell, summarises and compiles it. Pure and expensive: for worker threads. Stops before the first update that
 * cannot be applied.
 *
 * @param updates in the order of their numbers.
 * @returns `applied`, the number of updates that make the cell.
 * @throws RecordError when the base file is unreadable; Error when no feature of the cell has a position.
 */
export function compileCellFiles(
  base: CellFile,
  updates: readonly CellFile[] = [],
  { giveWay = () => undefined, ...options }: CompileOptions = {},
): ReadCell & { applied: number } {
  const { cell, applied, stop } = readUpToFault(base, updates, options)
  if (cell.cancelled) return { summary: summarise(cell), compiled: null, applied }
  const compiler = createCellCompiler(cell)
  giveWay()
  const whole = summarise(cell, (feature) => {
    giveWay()
    compiler.add(feature)
  })
  const summary = stop === null ? whole : withStop(whole, stop)
  giveWay()
  const bytes = compiler.finish()
  const key = compiledKey(createHash('sha256').update(bytes).digest('hex'))
  return { summary, compiled: { key, version: COMPILED_VERSION, bytes }, applied }
}

/** The cell as of the last update before the first fault; a fault of the base file is thrown. */
function readUpToFault(
  base: CellFile,
  updates: readonly CellFile[],
  { name, stoppedBy = null }: Omit<CompileOptions, 'giveWay'>,
) {
  let usable = updates
  let stop = stoppedBy
  for (;;) {
    try {
      return { cell: readChart(base, usable, name === undefined ? {} : { name }), applied: usable.length, stop }
    } catch (error) {
      const faulty = error instanceof RecordError ? usable.findIndex((update) => update.name === error.file) : -1
      if (faulty < 0) throw error
      usable = usable.slice(0, faulty)
      stop = messageOf(error)
    }
  }
}

function withStop(summary: CellSummary, reason: string): CellSummary {
  const stoppedBy = storableText(shortened(reason))
  const warning = `${stoppedBy}; the cell is shown as of edition ${summary.edition}, update ${summary.update}`
  return { ...summary, stoppedBy, warnings: [warning, ...summary.warnings] }
}
