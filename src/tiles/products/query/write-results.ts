/** Most bytes of an answer: a client on a boat's link waits seconds for more. */
const BUDGET_BYTES = 1_048_576

/**
 * Writes the results of a feature query as JSON: the first features up to the budget, at least one. The member `truncated` appears
 * only when some are left out.
 *
 * @param features the nearest first.
 */
export function writeResults(features: readonly unknown[], budgetBytes = BUDGET_BYTES): Uint8Array {
  const written: string[] = []
  let bytes = 0
  for (const feature of features) {
    const text = JSON.stringify(feature)
    bytes += Buffer.byteLength(text) + 1
    if (bytes > budgetBytes && written.length > 0) break
    written.push(text)
  }
  const truncated = written.length < features.length ? ',"truncated":true' : ''
  return new TextEncoder().encode(`{"results":[${written.join(',')}]${truncated}}`)
}
