import { readFileSync } from 'node:fs'
import { DAYMARKS } from './daymark-silhouettes.ts'
import { markPicture } from './mark-picture.ts'
import type { Picture } from './picture.ts'
import { BEACONS, BUOYS, type Silhouette } from './silhouettes.ts'

/** `assets/portrayal/marks.json`. Colours and patterns are written as S-57 has them: `3,4,3` and `1`. */
export interface MarkList {
  /** COLPAT values that some producers give to marks of one colour, where they mean nothing. */
  patternsOfOneColour: string[]
  /** COLOUR, and COLPAT when there are several colours. */
  buoys: [colour: string, pattern: string][]
  beacons: [colour: string, pattern: string][]
  daymarks: { shapes: string[]; colours: [colour: string, pattern: string][] }[]
}

/**
 * Makes the marks in their real colours: every buoy and beacon shape in every colouring, and the daymarks listed. A mark of several
 * colours is also found without its COLPAT.
 */
export function markPictures(file: string): Picture[] {
  const list = JSON.parse(readFileSync(file, 'utf8')) as MarkList
  const { patternsOfOneColour } = list
  return [
    ...floatingOrFixed('BOY', BUOYS, list.buoys, patternsOfOneColour),
    ...floatingOrFixed('BCN', BEACONS, list.beacons, patternsOfOneColour),
    ...list.daymarks.flatMap(({ shapes, colours }) =>
      shapes.flatMap((shape) =>
        colours.map(([colour, pattern]) => {
          const silhouette = DAYMARKS[shape]
          if (silhouette === undefined) throw new Error(`daymarks of TOPSHP ${shape} have no silhouette`)
          return markPicture(`mark/DAY${shape}-${colour}`, silhouette, colour.split(','), pattern.split(','))
        }),
      ),
    ),
  ]
}

function floatingOrFixed(
  kind: string,
  silhouettes: Readonly<Record<string, Silhouette>>,
  colourings: MarkList['buoys'],
  patternsOfOneColour: readonly string[],
): Picture[] {
  const pictures = new Map<string, Picture>()
  for (const [shape, silhouette] of Object.entries(silhouettes)) {
    for (const [colour, pattern] of colourings) {
      const spellings = colour.includes(',') ? [pattern, ''] : colour === '' ? [''] : ['', ...patternsOfOneColour]
      for (const spelling of spellings) {
        const name = `mark/${kind}${shape}-${colour}-${spelling}`
        // The first colouring of the list is what a mark without COLPAT looks like.
        if (!pictures.has(name)) pictures.set(name, markPicture(name, silhouette, colour.split(','), pattern.split(',')))
      }
    }
  }
  return [...pictures.values()]
}
