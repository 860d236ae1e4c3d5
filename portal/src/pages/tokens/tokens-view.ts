/** What the tokens page shows: the list, or how to use one token. */
export interface TokensView {
  /** Handle of the token that is shown with its snippets. Addresses never hold a bearer string. */
  use?: string
}

/** Reads the search parameters of the page. */
export function readTokensView(search: Record<string, unknown>): TokensView {
  const { use } = search
  return typeof use === 'string' && /^[\w-]{1,64}$/.test(use) ? { use } : {}
}
