import { createHash } from 'node:crypto'

/** A style to paint with. */
export interface RasterStyle {
  /** Of the document. */
  digest: string
  /** The MapLibre style as JSON. */
  document: string
  /** Whose sprite it takes. */
  theme: 'day' | 'dusk' | 'night'
}

/** Names a style by its content. @param style a MapLibre style document. */
export function toRasterStyle(style: object, theme: RasterStyle['theme']): RasterStyle {
  const document = JSON.stringify(style)
  return { document, theme, digest: createHash('sha256').update(document).digest('hex').slice(0, 32) }
}
