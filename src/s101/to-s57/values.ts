import type { AttributeMapping } from '../data/attribute-paths.ts'

/** The S-57 value of an S-101 value; null when S-57 has no such value. An empty one stays empty: unknown in both. */
export type MapValue = (value: string) => string | null

const same: MapValue = (value) => value

/** Makes the function for a mapping of the table, so that its arguments are read once. */
export function valueMapper({ kind, arguments: codes }: AttributeMapping): MapValue {
  switch (kind) {
    case 'same':
      return same
    case 'date':
      return s57Date
    case 'codes': {
      if (codes.length === 0) return same
      return (value) => (codes.includes(value) ? null : value)
    }
    case 'only':
      return (value) => (value === '' || codes.includes(value) ? value : null)
    case 'map': {
      const pairs = new Map(codes.map((pair) => pair.split('=') as [string, string]))
      return (value) => {
        if (value === '') return ''
        return pairs.get(value) ?? pairs.get(booleans.get(value.toLowerCase()) ?? value) ?? null
      }
    }
  }
}

/** Producers write booleans in both ways. */
const booleans: ReadonlyMap<string, string> = new Map([
  ['1', 'true'],
  ['0', 'false'],
  ['true', 'true'],
  ['false', 'false'],
])

export const isTrue = (value: string): boolean => booleans.get(value.toLowerCase()) === 'true'

/** A date with unknown parts as dashes (`1939----`, `----0430`) as S-57 writes it (`1939`, `--0430`). */
function s57Date(date: string): string {
  const periodic = date.startsWith('----')
  let end = date.length
  while (end > 4 && date[end - 1] === '-') end--
  return periodic ? `--${date.slice(4, end)}` : date.slice(0, end)
}
