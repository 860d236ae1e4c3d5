import { ApiError } from './errors.ts'
import { createJsonCall } from './json-call.ts'
import type { Requester } from './request.ts'
import type { Schemas } from './schema.ts'

export type StyleRecord = Schemas['Style']
export type StyleSlot = Schemas['StyleSlot']

export interface StylesApi {
  /** Styles of the account, newest first. */
  list(signal?: AbortSignal): Promise<StyleRecord[]>
  get(id: number, signal?: AbortSignal): Promise<StyleRecord>
  create(name: string, theme: string): Promise<StyleRecord>
  /** Parameters are replaced as a whole. */
  update(id: number, changes: { name?: string; parameters?: Record<string, unknown> }): Promise<StyleRecord>
  remove(id: number): Promise<void>
  slots(signal?: AbortSignal): Promise<StyleSlot[]>
  /** The style document of parameters that are not stored, with slots in place of colours. @throws ApiError that names wrong fields. */
  slotStyle<T>(parameters: Record<string, unknown>, signal?: AbortSignal): Promise<T>
  /** A raster tile in the colours of a style. */
  tile(id: number, tile: { z: number; x: number; y: number }, signal?: AbortSignal): Promise<Blob>
}

const ROOT = 'api/portal/v1/styles'

/** The endpoints of custom styles, one function each. */
export function createStylesApi(requester: Requester, base: string): StylesApi {
  // The server's answers have the shapes of docs/openapi.json; this is the one place that says so to the compiler.
  const call = createJsonCall(requester, base)
  return {
    list: (signal) => call(ROOT, { signal }),
    get: (id, signal) => call(`${ROOT}/${id}`, { signal }),
    create: (name, theme) => call(ROOT, { method: 'POST', body: { name, theme } }),
    update: (id, changes) => call(`${ROOT}/${id}`, { method: 'POST', body: changes }),
    remove: (id) => call(`${ROOT}/${id}`, { method: 'DELETE' }),
    slots: (signal) => call(`${ROOT}/slots`, { signal }),
    slotStyle: (parameters, signal) =>
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
