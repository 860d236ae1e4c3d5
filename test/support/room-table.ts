import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOMS } from './rooms.ts'

/** The document that shows the rooms. */
export const ARCHITECTURE_FILE = path.resolve(import.meta.dirname, '..', '..', 'docs', 'architecture.md')

const START = '<!-- rooms: written by `npm run generate` from test/support/rooms.ts -->'
const END = '<!-- end of rooms -->'

export function readArchitecture(): string {
  return readFileSync(ARCHITECTURE_FILE, 'utf8')
}

/** The document with a current table between its two marks. Throws when a mark is missing. */
export function architectureWithRooms(): string {
  const text = readArchitecture()
  const start = text.indexOf(START)
  const end = text.indexOf(END)
  if (start < 0 || end < start) throw new Error('docs/architecture.md lacks the marks around the table of rooms')
  return `${text.slice(0, start)}${START}\n\n${roomTable()}\n${text.slice(end)}`
}

/** Rooms that are no folder of `src/`. */
const PLACES: Readonly<Record<string, string>> = { bin: 'bin/', main: 'src/main.ts', portal: 'portal/' }

function roomTable(): string {
  const rows = Object.entries(ROOMS).map(([name, { purpose, mayImport }]) => [
    `\`${PLACES[name] ?? `src/${name}/`}\``,
    purpose,
    mayImport.length === 0 ? 'nothing' : mayImport.join(', '),
  ])
  const table = [['room', 'what lives there', 'may import'], ...rows]
  // Padded as the formatter pads tables, so that the two agree.
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`
  const [head = [], ...body] = table
  return [head, widths.map((width) => '-'.repeat(width)), ...body].map(line).join('')
}
