import { SaxesParser } from 'saxes'
import { shortened } from '#lib/shortened.ts'
import type { Catalogue } from './catalogue.ts'
import { CatalogueError } from './catalogue-error.ts'
import type { CatalogueFormat, EntryBuilder } from './catalogue-format.ts'
import { createEntryCollector } from './entry-collector.ts'

/** Parses the XML of a catalogue as it arrives. Both methods throw CatalogueError. */
export interface CatalogueParser {
  write(chunk: string): void
  end(): Catalogue
}

const DEEPEST = 32
/** No tag or text of a catalogue is longer; without a limit the parser would buffer a hostile one in memory. */
const LONGEST_TOKEN = 1024 * 1024
/** Longer than any title or address; longer values would end up in logs and in the database. */
const LONGEST_VALUE = 2_000

export function createCatalogueParser(format: CatalogueFormat): CatalogueParser {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const path: string[] = []
  const entries = createEntryCollector()
  let title: string | null = null
  let validFrom: string | null = null
  let entry: EntryBuilder | null = null
  let text = ''
  let lastEvent = 0
  let written = 0

  parser.on('error', (error) => {
    // saxes would continue after an error; half a catalogue must not pass for a whole one.
    const isXml = path.length > 0 || entries.count() > 0
    const what = isXml ? `broken at line ${parser.line}: ${plain(error)}` : `not XML (line ${parser.line}: ${plain(error)})`
    throw new CatalogueError(`the catalogue is ${what}`)
  })

  parser.on('opentag', (tag) => {
    lastEvent = written
    text = ''
    if (path.length === 0) checkRoot(tag.name, format)
    path.push(tag.name)
    if (path.length > DEEPEST) throw new CatalogueError('the catalogue is nested too deeply')
    if (path.length === 2 && tag.name === format.cell) entry = format.createEntry()
    else entry?.open(tag.name)
  })

  parser.on('text', (value) => {
    lastEvent = written
    if (text.length < LONGEST_TOKEN) text += value
  })

  parser.on('closetag', (tag) => {
    lastEvent = written
    path.pop()
    const value = shortened(text.trim(), LONGEST_VALUE)
    text = ''
    if (entry !== null && path.length === 1) {
      entries.add(entry)
      entry = null
    } else if (entry !== null) entry.close(tag.name, value)
    else if (path.length === 2 && path[1] === 'Header') {
      if (tag.name === format.header.title) title = value || null
      if (tag.name === format.header.validFrom) validFrom = format.readValidFrom(shortened(value, 40))
    }
  })

  return {
    write(chunk) {
      // In slices, so that the check below notices a growing token.
      for (let at = 0; at < chunk.length; at += LONGEST_TOKEN) {
        const slice = chunk.slice(at, at + LONGEST_TOKEN)
        written += slice.length
        parser.write(slice)
        if (written - lastEvent > 2 * LONGEST_TOKEN)
          throw new CatalogueError('the catalogue has a tag or a text longer than a megabyte')
      }
    },
    end() {
      if (path.length > 0) {
        throw new CatalogueError(
          `the catalogue is truncated: it ends inside <${shortened(path.join('><'), 300)}>, after ${entries.count()} cells`,
        )
      }
      parser.close()
      return { title, validFrom, ...entries.finish() }
    },
  }
}

function checkRoot(name: string, { root, rootName }: CatalogueFormat): void {
  if (root.test(name)) return
  throw new CatalogueError(`the catalogue's root element is <${name.slice(0, 60)}>, expected <${rootName}>`)
}

/** The parser puts "line:column: " in front; the error names the line itself. */
function plain(error: Error): string {
  return shortened(error.message, 300)
    .replace(/^\d+:\d+: /, '')
    .replace(/\.$/, '')
}
