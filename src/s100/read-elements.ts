import { SaxesParser } from 'saxes'
import { shortened } from '#lib/shortened.ts'
import { ExchangeCatalogueError } from './catalogue-error.ts'
import { decodeDocument } from './decode-document.ts'

/** Receives the elements of a document. Names are local: producers choose prefixes at will. */
export interface ElementVisitor {
  /** `path` names the elements around it and ends with its own. */
  open(name: string, path: readonly string[], attributes: Readonly<Record<string, string>>): void
  /** `text` is its own text, without blanks around it. */
  close(name: string, path: readonly string[], text: string): void
}

const DEEPEST = 40
/** The polygon of a large dataset has some 100 kB; no other text is nearly as long. */
const LONGEST_TEXT = 1024 * 1024
/** A set of NOAA's 7,000 cells would have some 50,000 entries of about 60 elements. */
const MOST_ELEMENTS = 5_000_000

/**
 * Walks the elements of an XML document of an exchange set. Document types are refused, so that no entity can be declared: neither
 * outside files nor texts that multiply.
 *
 * @param name of the file in messages. @param root local name of the root element.
 * @throws ExchangeCatalogueError
 */
export function readElements(name: string, bytes: Uint8Array, root: string, visitor: ElementVisitor): void {
  const text = decodeDocument(name, bytes)
  const parser = new SaxesParser({ xmlns: false, position: true })
  const path: string[] = []
  const texts: string[] = []
  let elements = 0
  const fail = (message: string): never => {
    throw new ExchangeCatalogueError(`${name} is not usable: ${message} (line ${parser.line})`)
  }
  parser.on('error', (error) =>
    fail(
      shortened(error.message, 200)
        .replace(/^\d+:\d+: /, '')
        .replace(/\.$/, ''),
    ),
  )
  parser.on('doctype', () => fail('it has a document type, which exchange sets do not need and Chartroom does not accept'))
  parser.on('opentag', ({ name: tag, attributes }) => {
    const local = localName(tag)
    if (path.length === 0 && local !== root) fail(`its root element is <${shortened(local, 60)}> instead of <${root}>`)
    if (path.length >= DEEPEST) fail(`its elements are nested more than ${DEEPEST} deep`)
    if (++elements > MOST_ELEMENTS) fail(`it has more than ${MOST_ELEMENTS} elements`)
    path.push(local)
    texts.push('')
    visitor.open(local, path, localAttributes(attributes))
  })
  const onText = (value: string) => {
    const before = texts.pop()
    if (before === undefined) return
    if (before.length + value.length > LONGEST_TEXT) fail('one of its texts is longer than a megabyte')
    texts.push(before + value)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', ({ name: tag }) => {
    visitor.close(localName(tag), path, (texts.pop() ?? '').trim())
    path.pop()
  })
  // Parsed in slices, so that an error ends the work early.
  for (let at = 0; at < text.length; at += LONGEST_TEXT) parser.write(text.slice(at, at + LONGEST_TEXT))
  if (path.length > 0) fail(`it ends inside <${shortened(path.join('><'), 200)}>`)
  parser.close()
}

const localName = (tag: string): string => tag.slice(tag.indexOf(':') + 1)

function localAttributes(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const own: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [key, value] of Object.entries(attributes)) if (!key.startsWith('xmlns')) own[localName(key)] = String(value)
  return own
}
