import { createHash } from 'node:crypto'
import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { buildSlotStyle, buildStyle } from '#portrayal/style/build-style.ts'
import type { StyleOptions } from '#portrayal/style/style-options.ts'
import { zip } from '../base/send-cached.ts'

/** A style document, ready to be sent. */
export interface StyleDocument {
  digest: string
  content: Buffer
  zipped(): Promise<Buffer>
}

/** Documents remembered at once; each has some hundred kilobytes. */
const MOST = 32

/** Builds style documents, and remembers the latest: a page asks for the same one each time it opens. */
export function createStyleDocuments(): (options: StyleOptions, colours?: 'filled' | 'slots') => StyleDocument {
  const known = new Map<string, StyleDocument>()
  return (options, colours = 'filled') => {
    const key = JSON.stringify({ ...options, colours, classes: options.classes === null ? null : [...options.classes] })
    const document = known.get(key) ?? writeStyle(colours === 'slots' ? buildSlotStyle(options) : buildStyle(options))
    // The last used is the last in the map.
    known.delete(key)
    known.set(key, document)
    const [oldest] = known.keys()
    if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    return document
  }
}

function writeStyle(style: StyleSpecification): StyleDocument {
  const content = Buffer.from(JSON.stringify(style))
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
