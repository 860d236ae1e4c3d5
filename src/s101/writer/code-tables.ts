import { Buffer } from 'node:buffer'
import type { RecordField } from '#iso8211/encode-record.ts'

/** The numbers that a file gives to names, in the order of their first use. */
export interface CodeTables {
  number(table: CodeTableTag, name: string): number
  /** The fields with the tables in the order of S-101; those without entries are left out. */
  fields(): RecordField[]
}

const TAGS = ['ATCS', 'ITCS', 'FTCS', 'IACS', 'FACS', 'ARCS'] as const
export type CodeTableTag = (typeof TAGS)[number]

export function createCodeTables(firstCode: number): CodeTables {
  const tables = new Map(TAGS.map((tag) => [tag, new Map<string, number>()]))
  return {
    number(tag, name) {
      const table = tables.get(tag)!
      const known = table.get(name)
      if (known !== undefined) return known
      const number = firstCode + table.size
      table.set(name, number)
      return number
    },
    fields() {
      return [...tables]
        .filter(([, table]) => table.size > 0)
        .map(([tag, table]) => ({
          tag,
          data: Buffer.concat(
            [...table].flatMap(([name, number]) => [
              Buffer.from(`${name}\x1f`, 'utf8'),
              Buffer.from([number & 255, number >> 8]),
            ]),
          ),
        }))
    },
  }
}
