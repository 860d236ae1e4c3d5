import type { KeyBinding } from '../../kit/keys.tsx'

const ROW_PARTS = 'a[href], button:not([aria-disabled="true"]), input'

/** The keys of every page with a list or a search: from row to row, and to the search. A page may override them. */
export const LIST_KEYS: readonly KeyBinding[] = [
  { keys: ['/'], does: 'Search this page', run: search },
  { keys: ['j', 'ArrowDown'], does: 'Next row', run: (event) => move(1, event.key) },
  { keys: ['k', 'ArrowUp'], does: 'Previous row', run: (event) => move(-1, event.key) },
]

function search(): boolean {
  const field = [...document.querySelectorAll<HTMLElement>('main input[type=search]')].find(isShown)
  field?.focus()
  return field !== undefined
}

/** Focuses the first control of the next row. Arrow keys scroll as usual until the focus is in a row. */
function move(by: number, key: string): boolean {
  const row = document.activeElement?.closest('tbody tr') ?? null
  if (row === null && key.startsWith('Arrow')) return false
  const rows = [...document.querySelectorAll('main tbody tr')].filter((each) => firstPartOf(each) !== null)
  const at = row === null ? -1 : rows.indexOf(row)
  const next = rows[at < 0 && by < 0 ? rows.length - 1 : at + by]
  const part = next === undefined ? null : firstPartOf(next)
  part?.focus()
  part?.scrollIntoView({ block: 'nearest' })
  return part !== null
}

function firstPartOf(row: Element): HTMLElement | null {
  const part = row.querySelector<HTMLElement>(ROW_PARTS)
  return part !== null && isShown(part) ? part : null
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0
}
