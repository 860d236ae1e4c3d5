import { type Theme, TOKENS } from '../../src/portrayal/palette/tokens.ts'

/** Returns the CSS that gives the classes of the drawings their colours: `sCHBLK` strokes, `fCHBLK` fills. */
export function themeCss(theme: Theme): string {
  const colours = TOKENS[theme]
  // OUTLW is black in every palette, so outlines would vanish on dark water.
  const outline = theme === 'day' ? colours.OUTLW : colours.CHBLK
  return Object.entries({ ...colours, OUTLW: outline })
    .map(([token, colour]) => `.s${token}{stroke:${colour}}.f${token}{fill:${colour}}`)
    .join('')
}
