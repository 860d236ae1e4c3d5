import createClient, { type Client } from 'openapi-fetch'
import type { Requester } from './request.ts'
import type { Paths } from './schema.ts'

/** Calls of the API by path, with the types of docs/openapi.json. They fail as `Requester.fetch` does. */
export type ApiClient = Client<Paths, 'application/json'>

/** A client whose requests carry the session. `base` is the address that the server's paths start from, with a slash at its end. */
export function createApiClient(requester: Requester, base: string): ApiClient {
  return createClient<Paths, 'application/json'>({
    baseUrl: base,
    headers: { accept: 'application/json' },
    fetch: (request) => requester.fetch(request),
  })
}

/** The record of a response. Every error response is thrown, so there is always one. */
export async function recordOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T
}
