import type { Requester } from './request.ts'

export interface JsonCallOptions {
  method?: 'GET' | 'POST' | 'DELETE'
  /** Members without a value are left out. */
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal | undefined
}

/** Sends a request and returns the JSON of the response, for calls whose responses docs/openapi.json does not describe exactly. */
export type JsonCall = <T>(path: string, options?: JsonCallOptions) => Promise<T>

/** @param base the address that paths start from, with a slash at its end. */
export function createJsonCall(requester: Requester, base: string): JsonCall {
  return async <T>(path: string, { method = 'GET', query = {}, body, signal }: JsonCallOptions = {}): Promise<T> => {
    const address = new URL(path, base)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, String(value))
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await requester.fetch(new Request(address, { method, headers, signal: signal ?? null, ...content }))
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}
