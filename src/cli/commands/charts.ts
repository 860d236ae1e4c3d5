import { Option } from 'commander'
import { openClient } from '../client/open-client.ts'
import { type ClientOptions, clientCommand } from '../frame/client-command.ts'
import type { AddCommand, CommandContext } from '../frame/command-context.ts'
import { CliError, EXIT } from '../frame/exit-codes.ts'
import { wholeNumber } from '../frame/values.ts'
import { type Column, formatTable, oneLine } from '../output/table.ts'
import { moment, paint, widthOf, writeJson } from '../output/words.ts'

/** A cell as List Cells shows it; the fields that commands show. */
interface ClientCell {
  name: string
  title: string | null
  source: string
  edition: number
  update: number
  issueDate: string | null
  usageBand: number
  scale: number
  bbox: [number, number, number, number]
  upToDate: boolean
  featureCount: number
  indexedAt: number
}

interface CellFacts {
  cell: (ClientCell & { warnings: string[] }) | null
  lastFailure: { edition: number | null; update: number | null; reason: string; failedAt: number | null } | null
}

interface ListOptions extends ClientOptions {
  query?: string
  source?: string
  bbox?: string
  limit: number
}

const CELLS = '/api/portal/v1/charts/cells'

/** `chartroom charts list` and `chartroom charts show` */
export const addCharts: AddCommand = (program, context) => {
  const charts = program.command('charts').description('list the indexed cells, and show one')

  clientCommand(charts, 'list', 'list the cells that you see, by name')
    .option('-q, --query <text>', 'only cells whose name or title contains this')
    .option('--source <source>', 'only cells of this source: noaa, usace, or those of the account (upload)')
    .option('--bbox <west,south,east,north>', 'only cells in this box, in degrees')
    .addOption(new Option('-n, --limit <number>', 'how many').argParser(wholeNumber(1, 10_000)).default(50))
    .addHelpText('after', '\nExample:\n  chartroom charts list --query savannah')
    .action(async (options: ListOptions) => await list(context, options))

  clientCommand(charts, 'show <name>', 'show one cell, with its warnings and its last failure').action(
    async (name: string, options: ClientOptions) => {
      const server = await openClient(context, options)
      // No cell has such a name, and in a URL it would change the path.
      if (/^\.{0,2}$/.test(name)) throw new CliError(EXIT.notFound, `There is no cell "${name}" among the charts you see.`)
      const facts = await server.call<CellFacts>('GET', `${CELLS}/${encodeURIComponent(name)}`)
      if (options.json === true) writeJson(context.out, facts)
      else printCell(context.out, name, facts)
    },
  )
}

const PAGE = 200

async function list(context: CommandContext, { query, source, bbox, limit, ...options }: ListOptions): Promise<void> {
  const server = await openClient(context, options)
  const cells: ClientCell[] = []
  let total = 0
  do {
    const parameters = new URLSearchParams({
      limit: String(Math.min(PAGE, limit - cells.length)),
      offset: String(cells.length),
      ...(query !== undefined && { q: query }),
      ...(source !== undefined && { source }),
      ...(bbox !== undefined && { bbox }),
    })
    const page = await server.call<{ cells: ClientCell[]; pagination: { total: number } }>('GET', `${CELLS}?${parameters}`)
    cells.push(...page.cells)
    total = page.pagination.total
    if (page.cells.length === 0) break
  } while (cells.length < Math.min(limit, total))
  if (options.json === true) return writeJson(context.out, { cells, total })
  if (cells.length === 0) return void context.out.write('There are no such cells.\n')
  context.out.write(formatTable(columnsFor(context.out), cells, widthOf(context.out)))
  if (total > cells.length) context.err.write(`${cells.length} of ${total} cells; --limit shows more\n`)
}

function columnsFor(out: NodeJS.WriteStream): Column<ClientCell>[] {
  return [
    { title: 'cell', value: ({ name }) => name },
    { title: 'title', value: ({ title }) => title ?? '', shrinks: true },
    { title: 'edition', value: ({ edition, update }) => `${edition}.${update}`, right: true },
    { title: 'scale', value: ({ scale }) => `1:${scale}`, right: true },
    { title: 'source', value: sourceOf },
    {
      title: 'current',
      value: ({ upToDate }) => (upToDate ? 'yes' : 'no'),
      style: (text, { upToDate }) => (upToDate ? text : paint(out, 'yellow', text)),
    },
  ]
}

/**
 * Where a cell comes from. A public one whose name begins with XX, the token of no agency, is invented, whatever catalogue lists it; the command
 * line knows only what the API tells.
 */
function sourceOf({ name, source }: ClientCell): string {
  return source !== 'upload' && name.startsWith('XX') ? 'invented' : source
}

function printCell(out: NodeJS.WriteStream, name: string, { cell, lastFailure }: CellFacts): void {
  const line = (title: string, value: string) => out.write(`${title.padEnd(12)}${oneLine(value)}\n`)
  line('cell', cell?.name ?? name)
  if (cell !== null) {
    const [west, south, east, north] = cell.bbox.map((degrees) => degrees.toFixed(4))
    if (cell.title !== null) line('title', cell.title)
    line('edition', `${cell.edition}, update ${cell.update}${cell.issueDate === null ? '' : `, issued ${cell.issueDate}`}`)
    line('scale', `1:${cell.scale}, usage band ${cell.usageBand}`)
    line('source', sourceOf(cell))
    line('box', `west ${west}, south ${south}, east ${east}, north ${north}`)
    line('features', String(cell.featureCount))
    line('indexed', moment(cell.indexedAt))
    line('current', cell.upToDate ? 'yes' : paint(out, 'yellow', 'no: an update is missing or cannot be applied'))
    for (const warning of cell.warnings) line('warning', warning)
  }
  if (lastFailure !== null) {
    const version = lastFailure.edition === null ? '' : `edition ${lastFailure.edition}, update ${lastFailure.update}: `
    line('failed', `${moment(lastFailure.failedAt)}, ${version}${lastFailure.reason}`)
  }
}
