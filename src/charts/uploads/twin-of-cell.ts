import { type ListedDataset, twinOf } from '#s100/exchange-catalogue.ts'

const S57_NAME = /^[A-Z]{2}[1-6][A-Z0-9]{5}$/
const S101_NAME = /^101([A-Z0-9]{4})([A-Z0-9_]+)$/

/**
 * The S-57 cell that shows the same chart as a cell of S-101: the one that its exchange set names (`;GB5DNABH;`), or else the one that its
 * own name holds, as `101GB00GB5X01NW` or `101GB005X01NW`. Null when neither names one.
 */
export function twinOfCell(name: string, datasets: readonly Pick<ListedDataset, 'description'>[]): string | null {
  for (const { description } of datasets) {
    const stated = twinOf(description)
    if (stated !== null) return stated
  }
  const [, producer = '', rest = ''] = S101_NAME.exec(name) ?? []
  const candidates = [rest.slice(-8), producer.slice(0, 2) + rest]
  return candidates.find((candidate) => S57_NAME.test(candidate)) ?? null
}
