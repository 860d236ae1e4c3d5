import { readListSearch } from '../../kit/find-by-text.ts'

/** What the tokens page shows: the list, or how to use one token. */
export interface TokensView {
  /** What the list is searched for. */
  q?: string
  /** Handle of the token that is shown with its snippets. Addresses never hold a bearer string. */
  use?: string
}

/** Reads the search parameters of the page. */
export function readTokensView(search: Record<string, unknown>): TokensView {
  const { use } = search
  const shown = readListSearch(search, 'q')
  return typeof use === 'string' && /^[\w-]{1,64}$/.test(use) ? { ...shown, use } : shown
}
