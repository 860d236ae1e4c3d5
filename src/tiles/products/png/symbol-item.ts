import type { ShapedText } from './shape-text.ts'
import type { SpriteImage } from './sprite-sheet.ts'

/** A symbol with what it shows, at its anchor in pixels of the world. */
export interface SymbolItem {
  /** Index of its layer, in paint order. */
  layer: number
  x: number
  y: number
  sortKey: number
  /** Tells items of one layer at one position apart, in the same way in every metatile. */
  name: string
  /** Among items of one layer and sort key, a text with a lower number takes its place first. */
  turn: number
  icon: SymbolIcon | null
  text: SymbolText | null
}

export interface SymbolIcon {
  image: SpriteImage
  /** Pixels of the style. */
  width: number
  height: number
  /** Of the middle from the anchor. */
  offset: readonly [number, number]
  /** Degrees clockwise. */
  rotation: number
  opacity: number
  /** Always drawn; otherwise it is shown and hidden with the text. */
  isFree: boolean
}

export interface SymbolText {
  shape: ShapedText
  color: string
  haloColor: string
  haloWidth: number
  opacity: number
  padding: number
  /** Bends along the line whose middle is its anchor. */
  followsLine: boolean
  /** Always drawn, and never blocks others. */
  isFree: boolean
}
