import { SaxesParser } from 'saxes'
import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { CatalogueError } from './catalogue-error.ts'
import { createEntryBuilder, type EntryBuilder, isCellName, toCatalogueEntry } from './entry-builder.ts'

export interface ReadCatalogueOptions {
  signal?: AbortSignal
  /** Called now and then with the bytes read so far. */
  onProgress?(bytes: number): void
}

/** A catalogue of all the world's cells would have some 20,000. */
const MOST_CELLS = 100_000
const MOST_WARNINGS = 100
const DEEPEST = 32
/** No tag and no text of a catalogue is longer; without a limit the parser would gather a hostile one in memory. */
const LONGEST_TOKEN = 1024 * 1024

/**
 * Reads NOAA's product catalogue as it arrives: the real one has 10 MB and 7,000 cells, of which only the cells stay in memory.
 * Any root element whose name starts with `EncProductCatalog` will do (regional catalogues have a suffix).
 *
 * An entry with missing or impossible fields is left out with a warning.
 *
 * @throws CatalogueError when it is not XML, ends early, has another root, or has no usable cell.
 */
export async function readCatalogue(stream: AsyncIterable<Uint8Array>, options: ReadCatalogueOptions = {}): Promise<Catalogue> {
  const reader = createReader()
  // Fatal: a catalogue in another encoding would otherwise give cell titles of question marks.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  for await (const chunk of stream) {
    options.signal?.throwIfAborted()
    bytes += chunk.byteLength
    reader.write(decode(decoder, chunk))
    options.onProgress?.(bytes)
  }
  if (bytes === 0) throw new CatalogueError('the catalogue is empty')
  reader.write(decode(decoder, undefined))
  return reader.end()
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array | undefined): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new CatalogueError('the catalogue is not XML: it is not UTF-8 text')
  }
}

function createReader() {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const path: string[] = []
  const cells = new Map<string, CatalogueEntry>()
  const unusable = new Set<string>()
  const warnings: string[] = []
  let entries = 0
  let title: string | null = null
  let validFrom: string | null = null
  let entry: EntryBuilder | null = null
  let text = ''
  let lastEvent = 0
  let written = 0

  const warn = (message: string) => {
    if (warnings.length < MOST_WARNINGS) warnings.push(message)
    else if (warnings.length === MOST_WARNINGS) warnings.push('and more entries with faults, which are not listed')
  }

  parser.on('error', (error) => {
    // saxes would go on after an error; half a catalogue must not be taken for a whole one.
    throw new CatalogueError(
      path.length === 0 && entries === 0
        ? `the catalogue is not XML (line ${parser.line}: ${plain(error)})`
        : `the catalogue is broken at line ${parser.line}: ${plain(error)}`,
    )
  })

  parser.on('opentag', (tag) => {
    lastEvent = written
    text = ''
    if (path.length === 0 && !tag.name.startsWith('EncProductCatalog')) {
      throw new CatalogueError(`the catalogue's root element is <${tag.name.slice(0, 60)}>, expected <EncProductCatalog>`)
    }
    path.push(tag.name)
    if (path.length > DEEPEST) throw new CatalogueError('the catalogue is nested too deeply to be one')
    if (path.length === 2 && tag.name === 'cell') entry = createEntryBuilder()
    else if (tag.name === 'panel') entry?.beginPanel()
  })

  parser.on('text', (value) => {
    lastEvent = written
    text += value
  })

  parser.on('closetag', (tag) => {
    lastEvent = written
    const name = path.pop()
    const value = text.trim()
    text = ''
    if (entry !== null) {
      if (path.length === 1) {
        finishCell(entry)
        entry = null
      } else entry.field(tag.name, value)
    } else if (path.length === 2 && path[1] === 'Header') {
      if (name === 'title') title = value || null
      if (name === 'dt_valid') validFrom = value || null
    }
  })

  function finishCell(finished: EntryBuilder): void {
    entries++
    if (entries > MOST_CELLS) throw new CatalogueError(`the catalogue lists more than ${MOST_CELLS} cells`)
    const cell = toCatalogueEntry(finished)
    if (typeof cell === 'string') {
      const name = (finished.fields.get('name') ?? '').toUpperCase()
      if (isCellName(name)) unusable.add(name)
      warn(`entry ${entries} of the catalogue is left out: ${cell}`)
    } else if (cells.has(cell.name)) warn(`${cell.name} is listed twice in the catalogue: the first entry is used`)
    else cells.set(cell.name, cell)
  }

  return {
    write(chunk: string): void {
      // In slices, so that the check below sees a token grow.
      for (let at = 0; at < chunk.length; at += LONGEST_TOKEN) {
        const slice = chunk.slice(at, at + LONGEST_TOKEN)
        written += slice.length
        parser.write(slice)
        if (written - lastEvent > 2 * LONGEST_TOKEN)
          throw new CatalogueError('the catalogue has a tag or a text of more than a megabyte')
      }
    },

    end(): Catalogue {
      if (path.length > 0) {
        throw new CatalogueError(`the catalogue is cut short: it ends inside <${path.join('><')}>, after ${entries} cells`)
      }
      parser.close()
      if (entries === 0) throw new CatalogueError('the catalogue lists no cells')
      if (cells.size === 0) throw new CatalogueError(`none of the catalogue's ${entries} entries is usable; ${warnings[0] ?? ''}`)
      return { title, validFrom, entries: [...cells.values()], unusable: [...unusable], warnings }
    },
  }
}

/** saxes puts "line:column: " in front, which we say in words. */
function plain(error: Error): string {
  return error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
}
