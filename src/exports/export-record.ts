import type { PackSpec } from './pack-spec.ts'

/** An offline pack of an account, as the API shows it; times in milliseconds since the Unix epoch. */
export interface ExportRecord {
  id: string
  /** The job that makes it. */
  jobId: string
  /** State of the job; `expired` once the file has been removed. */
  state: string
  percentComplete: number
  bbox: number[]
  minZoom: number
  maxZoom: number
  kind: PackSpec['kind']
  format: PackSpec['format']
  theme: PackSpec['theme']
  styleId: number | null
  /** Tiles of the box and zooms; once it is finished, those with content. */
  tiles: number
  /** Size of the zip in bytes; null until it is finished. */
  fileSize: number | null
  fileName: string
  creatorEmail: string
  createdAt: number
  /** When the file is removed; null until it is finished. */
  expiresAt: number | null
}

/** Where the zip of an export is stored. */
export const packKey = (id: string): string => `exports/${id}.zip`

/** Name of the download: `charts-31.8N-81.3W-vector.zip`. */
export function packFileName({ box: [west, south], kind }: Pick<PackSpec, 'box' | 'kind'>): string {
  const latitude = `${Math.abs(south).toFixed(1)}${south < 0 ? 'S' : 'N'}`
  const longitude = `${Math.abs(west).toFixed(1)}${west < 0 ? 'W' : 'E'}`
  return `charts-${latitude}-${longitude}-${kind}.zip`
}
