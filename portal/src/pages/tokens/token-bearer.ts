import type { AccountToken } from '../../api/tokens-api.ts'

/**
 * The bearer string of an API token. Snippets and the trial of a token take only this type, and only a record of the list yields one, so
 * neither can contain the user's session.
 */
export type TokenBearer = string & { readonly kind: 'API token' }

/** The bearer string of a token; null where the server hides it. */
export function bearerOf({ id, handle }: Pick<AccountToken, 'id' | 'handle'>): TokenBearer | null {
  return id === handle ? null : (id as TokenBearer)
}

/** A token as a list shows it: `•••• 4f2a`. */
export function maskedText(bearer: TokenBearer): string {
  return `•••• ${bearer.slice(-4)}`
}
