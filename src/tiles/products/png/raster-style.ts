/** A style to paint with. */
export interface RasterStyle {
  /** Of the document. */
  digest: string
  /** The MapLibre style as JSON. */
  document: string
  /** Whose sprite it takes. */
  theme: 'day' | 'dusk' | 'night'
}
