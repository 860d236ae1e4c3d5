import { type ApiClient, recordOf } from './api-client.ts'
import type { Schemas } from './schema.ts'

/** An offline pack of the account. */
export type Pack = Schemas['Export']
export type PackEstimate = Schemas['ExportEstimate']
export type PackKind = Pack['kind']
export type PackFormat = Pack['format']
export type PackTheme = Pack['theme']

/** What a pack is to hold. */
export interface PackRequest {
  /** West, south, east, north in degrees; west exceeds east across the antimeridian. */
  bbox: number[]
  minZoom: number
  maxZoom: number
  kind: PackKind
  format: PackFormat
  theme: PackTheme
  styleId?: number
}

export interface ExportsApi {
  /** The packs of the account, newest first. */
  list(signal?: AbortSignal): Promise<Pack[]>
  estimate(pack: PackRequest, signal?: AbortSignal): Promise<PackEstimate>
  create(pack: PackRequest): Promise<Pack>
  /** Cancels the job of a pack and removes its file. */
  remove(id: string): Promise<void>
  /** A one-time address that a link can download from. It must begin within a minute. */
  downloadAddress(id: string): Promise<string>
  /** Custom styles of the account. */
  styles(signal?: AbortSignal): Promise<{ id: number; name: string }[]>
}

/** The endpoints of offline packs, one function each. */
export function createExportsApi(client: ApiClient): ExportsApi {
  return {
    list: async (signal) => (await recordOf(client.GET('/api/portal/v1/exports', { signal: signal ?? null }))).exports,
    estimate: (body, signal) => recordOf(client.POST('/api/portal/v1/exports/estimate', { body, signal: signal ?? null })),
    create: (body) => recordOf(client.POST('/api/portal/v1/exports', { body })),
    remove: async (id) => {
      await client.DELETE('/api/portal/v1/exports/{id}', { params: { path: { id } } })
    },
    downloadAddress: async (exportId) => (await recordOf(client.POST('/api/portal/v1/downloads', { body: { exportId } }))).url,
    styles: (signal) => recordOf(client.GET('/api/portal/v1/styles', { signal: signal ?? null })),
  }
}
