import { readListSearch } from '../../kit/find-by-text.ts'
import { type Box, readBox, writeBox } from './box.ts'

/** The part of the page's state that the URL holds. */
export interface ExportsView {
  /** West, south, east, north of the box of the new pack. */
  box?: string
  /** What the list of packs is searched for. */
  q?: string
}

/** Reads the view from the URL; an invalid box is left out. */
export function readExportsView(search: Record<string, unknown>): ExportsView {
  const box: Box | null = typeof search['box'] === 'string' ? readBox(search['box']) : null
  const shown = readListSearch(search, 'q')
  return box === null ? shown : { ...shown, box: writeBox(box) }
}
