import path from 'node:path'

/** A font stack of the styles: files that each hold a part of Unicode. */
export interface FontStack {
  name: string
  weight: '400' | '700'
  style: 'normal' | 'italic'
}

export const FONT_STACKS: readonly FontStack[] = [
  { name: 'Noto Sans Regular', weight: '400', style: 'normal' },
  { name: 'Noto Sans Italic', weight: '400', style: 'italic' },
  { name: 'Noto Sans Bold', weight: '700', style: 'normal' },
]

// The first that has a character draws it.
const SUBSETS = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese', 'devanagari']

const FOLDER = path.resolve(import.meta.dirname, '..', '..', 'node_modules', '@fontsource', 'noto-sans', 'files')

/** Returns the font files of a stack, the first in order of use. */
export function filesOf({ weight, style }: FontStack): { subset: string; file: string }[] {
  return SUBSETS.map((subset) => ({ subset, file: path.join(FOLDER, `noto-sans-${subset}-${weight}-${style}.woff2`) }))
}
