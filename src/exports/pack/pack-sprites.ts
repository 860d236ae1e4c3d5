import type { StyleParameters } from '#styles/style-parameters.ts'
import type { DrawingParts } from '../draw-pack-tile.ts'
import type { PackSpec } from '../pack-spec.ts'
import { packColours } from '../pack-styles.ts'
import { patiently } from '../patiently.ts'
import type { OwnPictures } from './pack-assets.ts'

/** The sprites of a pack in the colours of its style, in place of those of `assets`. */
export async function packSprites(
  { tiles, clock, accountId }: Omit<DrawingParts, 'style'>,
  spec: PackSpec,
  custom: StyleParameters | null,
  signal: AbortSignal,
): Promise<OwnPictures> {
  const sprites = new Map<string, Buffer>()
  for (const [theme, colours] of packColours(spec, custom)) {
    for (const ratio of [1, 2] as const) {
      const content = await patiently(clock, signal, async () => {
        const sprite = await tiles.tile('sprite', { theme, ratio, colours }, accountId, signal)
        return await sprite.content(signal)
      })
      if (content !== null) sprites.set(`sprites/${theme}${ratio === 2 ? '@2x' : ''}.png`, content.encoded)
    }
  }
  return sprites
}
