import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { SymbolColours } from '#portrayal/palette/symbol-colours.ts'
import { DRAWINGS_FILE } from './png/drawings-file.ts'
import { type CachedProduct, noFacts } from './product.ts'

/** Of the drawing. */
const VERSION = 1

export interface SpriteRequest {
  theme: 'day' | 'dusk' | 'night'
  /** Device pixels per pixel. */
  ratio: 1 | 2
  colours: SymbolColours
}

/** The picture of a sprite in the colours of a custom style. It does not depend on charts. */
export const sprite: CachedProduct<SpriteRequest> = {
  name: 'sprite',
  contentType: 'image/png',
  encoding: 'identity',
  isStored: true,
  zooms: { shallowest: 0, deepest: 0 },
  buffer: 0,
  reach: 0,
  key: keyOf,
  ground: () => null,
  facts: noFacts,
  digest: ({ request }) =>
    createHash('sha256')
      .update(`sprite ${VERSION} ${digestOfDrawings()} ${keyOf(request)}`)
      .digest('hex')
      .slice(0, 32),
  async make({ request: { theme, ratio, colours } }) {
    const { paintSprite } = await import('./png/paint-sprite.ts')
    return paintSprite(theme, ratio, colours)
  },
}

function keyOf({ theme, ratio, colours: { palette, changed } }: SpriteRequest): string {
  return `${theme}@${ratio} ${changed.map((token) => `${token}${palette[token]}`).join(' ')}`
}

let read: string | null = null

/** The digest of the drawings, which may change without the program that colours them. */
function digestOfDrawings(): string {
  read ??= createHash('sha256').update(readFileSync(DRAWINGS_FILE)).digest('hex')
  return read
}
