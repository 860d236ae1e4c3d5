import { isRecord } from '../../api/errors.ts'
import { createJsonCall, type JsonCall } from '../../api/json-call.ts'
import { createRequester, type Requester } from '../../api/request.ts'
import type { Session, SessionStore } from '../../api/session-store.ts'
import { createObservable, type Observable } from '../../lib/observable.ts'
import type { Portal } from '../../state/portal.ts'
import { type StyleDocument, styleQuery } from './chart-document.ts'
import type { ChartFeature, DepthProfile } from './chart-feature.ts'
import type { Display } from './map-view.ts'
import type { Position } from './rhumb.ts'

export interface FoundCell {
  name: string
  scale: number
  /** West, south, east, north. */
  bbox: [number, number, number, number]
}

export interface FeatureQuery {
  position: Position
  /** Metres. */
  radius: number
  zoom: number
  /** Only objects of these classes. */
  classes?: readonly string[]
}

/** The requests of the map, as the user of a session or the bearer of a token. */
export interface MapSource {
  /** Identifies the viewer, so that a kept map is not shown to someone else. */
  key: string
  base: string
  token(): string | null
  /** True while the server refuses the session or the token. */
  over: Observable<boolean>
  onRenewed(listener: () => void): () => void
  /** Sends a request of the API as this user. */
  call: JsonCall
  style(display: Display, signal?: AbortSignal): Promise<StyleDocument>
  /** The objects around a position, magnetic variation only where it is named. */
  features(query: FeatureQuery, signal?: AbortSignal): Promise<ChartFeature[]>
  depths(
    query: { line?: [number, number][]; position?: Position; withinMetres: number },
    signal?: AbortSignal,
  ): Promise<DepthProfile>
  /** Cells, the first 200 of those the user sees. */
  cells(signal?: AbortSignal): Promise<FoundCell[]>
  cell(name: string, signal?: AbortSignal): Promise<FoundCell | null>
  /** A text or picture that belongs to a cell. */
  file(cell: string, file: string): Promise<Response>
}

/** The source for the user who has signed in. */
export function sourceOfSession({ base, requester, session }: Portal): MapSource {
  return createMapSource(`session ${session.current.get()?.token ?? ''}`, base, requester, session)
}

/** The source for the bearer of an API token in the address, without a sign-in. */
export function sourceOfToken({ base, clock }: Portal, token: string): MapSource {
  const held: Session = { token, username: '', userId: null, keep: false }
  const session: SessionStore = {
    current: createObservable<Session | null>(held),
    over: createObservable(false),
    signIn() {},
    signOut() {},
    borrow: async () => {},
  }
  return createMapSource(`token ${token}`, base, createRequester({ base, session, clock }), session)
}

function createMapSource(key: string, base: string, requester: Requester, session: SessionStore): MapSource {
  // The server's answers have the shapes of docs/openapi.json; this is the one place that says so to the compiler.
  const get = createJsonCall(requester, base)

  async function listCells(query: Record<string, string | number>, signal?: AbortSignal): Promise<FoundCell[]> {
    const { cells } = await get<{ cells: { name: string; compilationScale: number; bbox: FoundCell['bbox'] }[] }>(
      'api/v1/cells',
      {
        query,
        signal,
      },
    )
    return cells.map(({ name, compilationScale: scale, bbox }) => ({ name, scale, bbox }))
  }

  return {
    key,
    base,
    token: () => session.current.get()?.token ?? null,
    over: session.over,
    onRenewed: (listener) => session.current.subscribe(listener),
    call: get,
    style: (display, signal) => get('api/v1/styles/base.json', { query: styleQuery(display), signal }),
    async features(query, signal) {
      const body = { ...query, describe: true }
      const { results } = await get<{ results: ChartFeature[] }>('api/v1/enc_query', { method: 'POST', body, signal })
      return results
    },
    depths: (body, signal) => get('api/v1/depth_query', { method: 'POST', body, signal }),
    cells: (signal) => listCells({ limit: 200 }, signal),
    async cell(name, signal) {
      try {
        const path = `api/portal/v1/charts/cells/${encodeURIComponent(name)}`
        const answer = await get<{ cell: unknown }>(path, { signal })
        return isRecord(answer.cell) ? cellOf(answer.cell) : null
      } catch (error) {
        if (error instanceof Error && 'status' in error && error.status === 404) return null
        throw error
      }
    },
    file: (cell, file) =>
      requester.raw(`api/portal/v1/charts/cells/${encodeURIComponent(cell)}/files/${encodeURIComponent(file)}`, {}),
  }
}

function cellOf(cell: Record<string, unknown>): FoundCell | null {
  const { name, scale, bbox } = cell
  if (typeof name !== 'string' || !Array.isArray(bbox) || bbox.length !== 4) return null
  return { name, scale: Number(scale) || 0, bbox: bbox.map(Number) as FoundCell['bbox'] }
}
