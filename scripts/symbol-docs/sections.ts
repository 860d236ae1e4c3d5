import type { Picture } from '../sprites/picture.ts'

/** A section of docs/symbols.md: some images of the sprite in one picture per palette. */
export interface Section {
  /** Name of its pictures: `docs/symbols/<id>-day.png`. */
  id: string
  title: string
  text: string
  holds: (picture: Picture) => boolean
  /** True for rectangles that repeat: a piece of 4 by 2 is shown instead of one. */
  repeats: 'no' | 'both' | 'along'
  /** Pixel ratio at which it is drawn. */
  ratio: 1 | 2
}

const isMark = (picture: Picture) => picture.name.startsWith('mark/')
const isSymbol = ({ name }: Picture) => !name.includes('/')
/** Pixels at 1x from which a symbol is shown among the large ones: most of those are drawn off their position. */
const LARGE = 80
const isLarge = ({ width, height }: Picture) => Math.max(width, height) >= LARGE

/** Only one spelling of each colouring is shown: those without COLPAT look the same. */
const isMainSpelling = ({ name }: Picture) => name.includes(',') !== name.endsWith('-')

export const SECTIONS: readonly Section[] = [
  {
    id: 'symbols',
    title: 'Symbols',
    text: 'The position is the middle of each image.',
    holds: (picture) => isSymbol(picture) && !isLarge(picture),
    repeats: 'no',
    ratio: 2,
  },
  {
    id: 'large',
    title: 'Large symbols',
    text: 'A ring marks the position. The symbols of restricted areas lie beside it, each on a side of its own, so that several areas with one middle stay legible.',
    holds: (picture) => isSymbol(picture) && isLarge(picture),
    repeats: 'no',
    ratio: 1,
  },
  {
    id: 'patterns',
    title: 'Area patterns',
    text: 'Each image repeats in both directions.',
    holds: ({ name }) => name.startsWith('pattern/'),
    repeats: 'both',
    ratio: 2,
  },
  {
    id: 'lines',
    title: 'Complex lines',
    text: 'Each image is one period. On the border of an area the inside lies below.',
    holds: ({ name }) => name.startsWith('line/') && !name.startsWith('line/LS-'),
    repeats: 'along',
    ratio: 2,
  },
  {
    id: 'buoys',
    title: 'Buoys in their shape and colours',
    text: 'Named `mark/BOY<BOYSHP>-<COLOUR>-<COLPAT>`. Shapes: none, 1 cone, 2 can, 3 sphere, 4 pillar, 5 spar, 6 barrel, 7 superbuoy, 8 ice buoy.',
    holds: (picture) => isMark(picture) && picture.name.startsWith('mark/BOY') && isMainSpelling(picture),
    repeats: 'no',
    ratio: 2,
  },
  {
    id: 'beacons',
    title: 'Beacons in their shape and colours',
    text: 'Named `mark/BCN<BCNSHP>-<COLOUR>-<COLPAT>`. Shapes: none, 1 stake, 2 withy, 3 tower, 4 lattice, 5 pile, 6 cairn, 7 buoyant beacon.',
    holds: (picture) => isMark(picture) && picture.name.startsWith('mark/BCN') && isMainSpelling(picture),
    repeats: 'no',
    ratio: 2,
  },
  {
    id: 'daymarks',
    title: 'Daymarks in their shape and colours',
    text: 'Named `mark/DAY<TOPSHP>-<COLOUR>`.',
    holds: (picture) => picture.name.startsWith('mark/DAY'),
    repeats: 'no',
    ratio: 2,
  },
]
