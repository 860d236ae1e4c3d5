/** What a file of a chart says that it is. */
export interface StatedState {
  name: string
  edition: number
  updateNumber: number
}

export interface UpdateSequence {
  base: StatedState
  /** What the chart is after the updates so far. */
  reached: StatedState & { cancelled: boolean }
  /** The name of the base's file, which an update may state instead. */
  fileName: string
  /** The word of the standard for its charts, for messages. */
  what: 'cell' | 'dataset'
  /** Reports an update that does not follow. */
  fail(message: string): never
}

/**
 * Whether an update is the next one of a chart; false when the base already contains it (a re-issue). Calls `fail` when it belongs to another
 * chart or edition, comes after the end of the chart, or when one before it is missing.
 */
export function isNextUpdate(update: StatedState, { base, reached, fileName, what, fail }: UpdateSequence): boolean {
  const { name, edition, updateNumber } = update
  if (updateNumber <= base.updateNumber && edition === base.edition) return false
  if (name !== reached.name && name !== fileName)
    fail(`the update is for the ${what} ${name} (DSNM), but this ${what} is ${reached.name}`)
  if (reached.cancelled) fail(`update ${updateNumber} comes after the cell was cancelled by update ${reached.updateNumber}`)
  if (edition !== 0 && edition !== reached.edition)
    fail(`the update is for edition ${edition}, the cell is edition ${reached.edition}`)
  const next = reached.updateNumber + 1
  if (updateNumber !== next)
    fail(`update ${next} is missing: this is update ${updateNumber} and the cell is at ${reached.updateNumber}`)
  return true
}
