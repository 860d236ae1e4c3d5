import { ApiError } from './errors.ts'
import { createJsonCall, type JsonCallOptions } from './json-call.ts'
import type { Requester } from './request.ts'
import type { Schemas } from './schema.ts'
import { sourceOf } from './source-of.ts'

export type UploadSummary = Schemas['UploadSummary']
export type CellReport = Schemas['CellReport']
export type CellAfterDeletion = Schemas['CellAfterDeletion']
export type ChartCell = Schemas['Cell']
export type CellDetail = Schemas['CellDetail']
export type CellFailure = Schemas['CellFailure']
export type PublicFailure = Schemas['PublicFailure']
export type CellPermit = Schemas['CellPermit']
export type CellCoverage = Schemas['CellCoverage']

/** An encrypted cell without its permit, with the newest upload that has it. */
export type WaitingCell = Pick<CellReport, 'name' | 'title'> & Pick<UploadSummary, 'filename'> & { uploadId: number }

export interface CellCounts {
  all: number
  invented: number
}

interface Total {
  pagination: { limit: number; offset: number; total: number }
}

export interface ChartsApi {
  /** Uploads of the account with job and counts, newest first. */
  uploads(
    query: { limit: number; offset: number; status: UploadSummary['status'] | undefined },
    signal?: AbortSignal,
  ): Promise<Total & { uploads: UploadSummary[] }>
  /** Null when the upload is deleted or of another account. */
  upload(id: number, signal?: AbortSignal): Promise<UploadSummary | null>
  /** The reports on all cells of an upload. */
  reports(id: number, signal?: AbortSignal): Promise<CellReport[]>
  previewDeletion(id: number, signal?: AbortSignal): Promise<CellAfterDeletion[]>
  deleteUpload(id: number): Promise<void>
  /** All visible cells, by name. */
  cells(signal?: AbortSignal): Promise<ChartCell[]>
  /** The area that each cell covers, for the cells that touch a box of west, south, east and north, the first 1,000 by name. */
  coverages(box: readonly [number, number, number, number], signal?: AbortSignal): Promise<CellCoverage[]>
  /** Cells of all uploads that wait for a permit, by name. */
  waiting(signal?: AbortSignal): Promise<WaitingCell[]>
  /** Null when no such cell is visible and none has failed. */
  cell(name: string, signal?: AbortSignal): Promise<{ cell: CellDetail | null; lastFailure: CellFailure | null } | null>
  /** The number of visible cells of a source, such as `noaa`, and how many of them are invented. */
  countCells(source: string, signal?: AbortSignal): Promise<CellCounts>
  /** The public cells that the last refresh could not download or index, by name. */
  publicFailures(signal?: AbortSignal): Promise<PublicFailure[]>
  permits(signal?: AbortSignal): Promise<CellPermit[]>
  /** The user permit of the server; null when its operator has set no S-63 identity. */
  userPermit(signal?: AbortSignal): Promise<string | null>
}

const ROOT = 'api/portal/v1/charts'
const PAGE = 1_000

/** The endpoints of charts, uploads and permits, one function each. */
export function createChartsApi(requester: Requester, base: string): ChartsApi {
  // The server's answers have the shapes of docs/openapi.json; this is the one place that says so to the compiler.
  const call = createJsonCall(requester, base)
  const get = <T>(path: string, options: JsonCallOptions = {}) => call<T>(`${ROOT}/${path}`, options)

  /** The first page tells how many there are; the others are then requested at once. */
  async function everyPage<T>(path: string, key: string, signal: AbortSignal | undefined, filter = {}): Promise<T[]> {
    const page = (offset: number) =>
      get<Total & Record<string, unknown>>(path, { query: { ...filter, limit: PAGE, offset }, signal })
    const first = await page(0)
    const others = Math.ceil(first.pagination.total / PAGE) - 1
    const rest = await Promise.all(Array.from({ length: Math.max(0, others) }, (_, n) => page((n + 1) * PAGE)))
    return [first, ...rest].flatMap((answer) => answer[key] as T[])
  }

  async function waiting(signal?: AbortSignal): Promise<WaitingCell[]> {
    const uploads = await everyPage<UploadSummary>('uploads', 'uploads', signal, { view: 'summary' })
    const concerned = uploads.filter(({ cells }) => (cells['waiting'] ?? 0) > 0)
    const reports = await Promise.all(
      concerned.map(async ({ id, filename }) => {
        const cells = await everyPage<CellReport>(`uploads/${id}/cells`, 'cells', signal, { status: 'waiting' })
        return cells.map(({ name, title }): WaitingCell => ({ name, title, filename, uploadId: id }))
      }),
    )
    // The newest upload comes first, so it is the one that is kept.
    const byName = new Map(
      reports
        .flat()
        .toReversed()
        .map((cell) => [cell.name, cell]),
    )
    return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  return {
    uploads: (query, signal) => get('uploads', { query: { ...query, view: 'summary' }, signal }),
    upload: async (id, signal) => {
      const found = await orNull(get<{ upload: UploadSummary }>(`uploads/${id}`, { query: { view: 'summary' }, signal }))
      return found?.upload ?? null
    },
    reports: (id, signal) => everyPage(`uploads/${id}/cells`, 'cells', signal),
    previewDeletion: async (id, signal) =>
      (await get<{ cells: CellAfterDeletion[] }>(`uploads/${id}/deletion`, { signal })).cells,
    deleteUpload: (id) => get(`uploads/${id}`, { method: 'DELETE' }),
    cells: (signal) => everyPage('cells', 'cells', signal),
    coverages: async (box, signal) =>
      (await call<{ cells: CellCoverage[] }>('api/v1/cells', { query: { bbox: box.join(), limit: PAGE }, signal })).cells,
    waiting,
    cell: (name, signal) => orNull(get(`cells/${encodeURIComponent(name)}`, { signal })),
    async countCells(source, signal) {
      const [{ pagination }, likely] = await Promise.all([
        get<Total>('cells', { query: { source, limit: 1 }, signal }),
        everyPage<ChartCell>('cells', 'cells', signal, { source, q: 'XX' }),
      ])
      return { all: pagination.total, invented: likely.filter((cell) => sourceOf(cell) === 'invented').length }
    },
    publicFailures: (signal) => everyPage('publicFailures', 'failures', signal),
    permits: (signal) => everyPage('permits', 'permits', signal),
    userPermit: async (signal) => (await orNull(get<{ permitId: string }>('getPermit', { signal })))?.permitId ?? null,
  }
}

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}
