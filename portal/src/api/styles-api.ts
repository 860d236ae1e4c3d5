import type { ApiClient } from './api-client.ts'
import { ApiError } from './errors.ts'
import { createJsonCall } from './json-call.ts'
import type { Requester } from './request.ts'
import type { Schemas } from './schema.ts'

export type StyleRecord = Schemas['Style']
export type StyleSlot = Schemas['StyleSlot']

/** A style with the name of its state, so that a change does not overwrite someone else's. */
export type VersionedStyle = StyleRecord & { version: string }

export interface StylesApi {
  /** Styles of the account, newest first. */
  list(signal?: AbortSignal): Promise<StyleRecord[]>
  get(id: number, signal?: AbortSignal): Promise<VersionedStyle>
  create(name: string, theme: string): Promise<StyleRecord>
  /** Parameters are replaced as a whole. @param version the state that the change applies to. @throws ApiError STYLE_CHANGED. */
  update(id: number, changes: StyleChanges, version?: string): Promise<VersionedStyle>
  remove(id: number): Promise<void>
  slots(signal?: AbortSignal): Promise<StyleSlot[]>
  /** The style document of parameters that are not stored, with slots in place of colours. @throws ApiError that names wrong fields. */
  slotStyle<T>(parameters: Record<string, unknown>, signal?: AbortSignal): Promise<T>
  /** A raster tile in the colours of a style. */
  tile(id: number, tile: { z: number; x: number; y: number }, signal?: AbortSignal): Promise<Blob>
}

export interface StyleChanges {
  name?: string
  parameters?: Record<string, unknown>
}

const ROOT = 'api/portal/v1/styles'

/** The endpoints of custom styles, one function each. */
export function createStylesApi(requester: Requester, client: ApiClient, base: string): StylesApi {
  // The server's answers have the shapes of docs/openapi.json; this is the one place that says so to the compiler.
  const call = createJsonCall(requester, base)
  return {
    list: (signal) => call(ROOT, { signal }),
    get: async (id, signal) => {
      const params = { path: { id: String(id) } }
      return versioned(await client.GET('/api/portal/v1/styles/{id}', { params, signal: signal ?? null }))
    },
    create: (name, theme) => call(ROOT, { method: 'POST', body: { name, theme } }),
    update: async (id, changes, version) => {
      const header = version === undefined ? {} : { 'if-match': version }
      const params = { path: { id: String(id) }, header }
      return versioned(await client.POST('/api/portal/v1/styles/{id}', { params, body: changes }))
    },
    remove: (id) => call(`${ROOT}/${id}`, { method: 'DELETE' }),
    slots: (signal) => call(`${ROOT}/slots`, { signal }),
    // A style may contain a `theme` of other programs, which has no effect; the preview refuses it.
    slotStyle: ({ theme: _, ...parameters }, signal) =>
      call('api/v1/styles/preview', { method: 'POST', body: { parameters, colours: 'slots' }, signal }),
    async tile(id, { z, x, y }, signal) {
      const answer = await requester.raw(`api/v2/tiles/enc-raster-v2/${z}/${x}/${y}@2x.png?styleId=${id}`, {
        signal: signal ?? null,
      })
      if (!answer.ok) throw new ApiError(answer.status, undefined, answer.headers)
      return await answer.blob()
    },
  }
}

function versioned({ data, response }: { data?: StyleRecord | undefined; response: Response }): VersionedStyle {
  // Every error response is thrown, so there is a style.
  return { ...(data as StyleRecord), version: response.headers.get('etag') ?? '' }
}
