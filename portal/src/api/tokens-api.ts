import { type ApiClient, recordOf } from './api-client.ts'
import type { Schemas } from './schema.ts'

/**
 * An API token of the account. `handle` names it in changes and grants no access; `id` is the bearer string, or the handle where that is
 * hidden.
 */
export type AccountToken = Schemas['ListedApiToken'] & { handle: string }

/** The name of a token and the hosts whose pages may use it; without hosts, any page may. */
export interface TokenSettings {
  name: string
  hosts: readonly string[]
}

/** Where the finest chart is, which the snippets begin with. */
export interface ChartBox {
  /** West, south, east, north. */
  bbox: [number, number, number, number]
  /** Denominator. */
  scale: number
}

export interface TokensApi {
  /** Newest first. */
  list(signal?: AbortSignal): Promise<AccountToken[]>
  /** @returns the handle of the new token. */
  create(settings: TokenSettings): Promise<string>
  change(handle: string, settings: TokenSettings): Promise<void>
  revoke(handle: string): Promise<void>
  /** The most detailed chart that the user sees; null when there is none. */
  finestChart(signal?: AbortSignal): Promise<ChartBox | null>
  /** The attribution of the charts, in HTML. */
  attribution(signal?: AbortSignal): Promise<string>
}

/** The endpoints of the tokens page, one function each. */
export function createTokensApi(client: ApiClient): TokensApi {
  const list = async (signal?: AbortSignal) => {
    const params = { query: { view: 'summary' as const } }
    // With view=summary each token has a handle, which the document cannot express.
    return (await recordOf(client.GET('/api/portal/v1/apiTokens', { params, signal: signal ?? null }))) as AccountToken[]
  }
  return {
    list,
    create: async (settings) => {
      const { id } = await recordOf(client.POST('/api/portal/v1/apiTokens', { body: bodyOf(settings) }))
      const made = (await list()).find((token) => token.id === id)
      if (made === undefined) throw new Error('The token was made, and revoked at once by someone else.')
      return made.handle
    },
    change: async (handle, settings) => {
      const params = { path: { id: handle } }
      await client.POST('/api/portal/v1/apiTokens/{id}', { params, body: bodyOf(settings) })
    },
    revoke: async (handle) => {
      await client.DELETE('/api/portal/v1/apiTokens/{id}', { params: { path: { id: handle } } })
    },
    finestChart: async (signal) => {
      const params = { query: { sort: 'scale' as const, limit: 50 } }
      const { cells } = await recordOf(client.GET('/api/portal/v1/charts/cells', { params, signal: signal ?? null }))
      // In a box across the 180th meridian, west exceeds east, and most map libraries cannot start with that.
      const found = cells.find(({ bbox: [west = 0, , east = 0] }) => west < east)
      return found === undefined ? null : { bbox: found.bbox as ChartBox['bbox'], scale: found.scale }
    },
    attribution: async (signal) => {
      const described = await recordOf(client.GET('/api/v2/tiles/enc-raster-v2.json', { signal: signal ?? null }))
      const { attribution } = described as { attribution?: unknown }
      return typeof attribution === 'string' ? attribution : ''
    },
  }
}

function bodyOf({ name, hosts }: TokenSettings) {
  return { name, restrictions: hosts.length === 0 ? null : { hosts: [...hosts] } }
}
