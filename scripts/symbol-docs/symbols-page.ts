import type { Picture } from '../sprites/picture.ts'
import { SECTIONS } from './sections.ts'

const INTRODUCTION = `# Symbols

Every image of the chart sprite, in the palettes day, dusk and night. \`npm run symbol-docs\` writes this page and its pictures.

All drawings were made for this project from descriptions in words; none is copied or traced. They lie in \`assets/symbols\` and
\`assets/patterns\`, in millimetres:

- \`<svg viewBox="x y w h" data-pivot="px py">\`: the pivot is the point that lies on the position, and about which the symbol turns.
- Colours are classes: \`sCHBLK\` strokes in the token CHBLK, \`fCHYLW\` fills in CHYLW. The tokens are in \`src/portrayal/palette/tokens.ts\`.
- Lines are 0.32 mm wide with round ends unless \`stroke-width\` and \`stroke-linecap\` say otherwise. Areas are not filled unless a class fills them.
- No text, no images, no filters.

\`npm run sprites\` renders them at 3.57 pixels per millimetre, and twice that, to \`assets/sprites\`, and writes
them without their colours to \`assets/drawings.json\`, for styles with other ones. The lattices of patterns, the periods of
complex lines and the colours of marks are in \`assets/portrayal\`. At dusk and at night outlines in OUTLW take the colour of CHBLK, because OUTLW
is black in every palette.
`

/** Returns docs/symbols.md. */
export function symbolsPage(pictures: readonly Picture[]): string {
  const sections = SECTIONS.map(({ id, title, text, holds }) => {
    const count = pictures.filter(holds).length
    const images = ['day', 'dusk', 'night'].map((theme) => `![${title}, ${theme}](symbols/${id}-${theme}.png)`)
    return `## ${title}\n\n${text} ${count} images.\n\n${images.join('\n\n')}\n`
  })
  return [INTRODUCTION, ...sections].join('\n')
}
