import type { AttributeMapping } from '../data/attribute-paths.ts'

/** The S-57 value of an S-101 value; null when S-57 has no such value. An empty one stays empty: unknown in both. */
export function mappedValue({ kind, arguments: codes }: AttributeMapping, value: string): string | null {
  if (value === '') return ''
  switch (kind) {
    case 'same':
      return value
    case 'date':
      return s57Date(value)
    case 'codes':
      return codes.includes(value) ? null : value
    case 'only':
      return codes.includes(value) ? value : null
    case 'map': {
      const from = booleans.get(value.toLowerCase()) ?? value
      const found = codes.find((pair) => pair.startsWith(`${from}=`) || pair.startsWith(`${value}=`))
      return found === undefined ? null : found.slice(found.indexOf('=') + 1)
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
export function s57Date(date: string): string {
  const periodic = date.startsWith('----')
  let end = date.length
  while (end > 4 && date[end - 1] === '-') end--
  return periodic ? `--${date.slice(4, end)}` : date.slice(0, end)
}
