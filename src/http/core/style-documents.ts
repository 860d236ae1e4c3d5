import { createHash } from 'node:crypto'
import { buildStyle } from '#portrayal/style/build-style.ts'
import type { StyleOptions } from '#portrayal/style/style-options.ts'
import { zip } from '../base/send-cached.ts'

/** A style document as it is sent. */
export interface StyleDocument {
  digest: string
  content: Buffer
  zipped(): Promise<Buffer>
}

/** Documents remembered at once; each has some hundred kilobytes. */
const MOST = 32

/** Builds style documents, and remembers the latest: a page asks for the same one each time it opens. */
export function createStyleDocuments(): (options: StyleOptions) => StyleDocument {
  const known = new Map<string, StyleDocument>()
  return (options) => {
    const key = JSON.stringify({ ...options, classes: options.classes === null ? null : [...options.classes] })
    const document = known.get(key) ?? writeStyle(options)
    // The last used is the last in the map.
    known.delete(key)
    known.set(key, document)
    const [oldest] = known.keys()
    if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    return document
  }
}

function writeStyle(options: StyleOptions): StyleDocument {
  const content = Buffer.from(JSON.stringify(buildStyle(options)))
  let zipping: Promise<Buffer> | null = null
  return {
    content,
    digest: createHash('sha256').update(content).digest('hex').slice(0, 32),
    zipped() {
      zipping ??= zip(content)
      return zipping
    },
  }
}
