import type { ColumnType, Generated } from 'kysely'
import type { Jsonb, Time } from './columns.ts'

export interface CellTable {
  id: string
  name: string
  /** Owner of an uploaded cell; null for a public one. */
  account_id: number | null
  source: string
  /** The standard of its files. */
  standard: ColumnType<'s57' | 's101', 's57' | 's101' | undefined, 's57' | 's101'>
  /** The S-57 cell that is the same chart; null unless this is an S-101 cell with a known twin. */
  twin: ColumnType<string | null, string | null | undefined, string | null>
  edition: number
  update_number: number
  issue_date: string | null
  update_date: string | null
  producer: number
  usage_band: number
  compilation_scale: number
  title: string | null
  /** GeoJSON MultiPolygon, longitudes within -180..180. */
  coverage: Jsonb<{ type: 'MultiPolygon'; coordinates: number[][][][] }>
  /** The same for the tiles (`coverageBytes`); null in rows of earlier versions. */
  outline: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  west: number
  south: number
  east: number
  north: number
  feature_count: number
  features_by_class: Jsonb<Record<string, number>>
  warnings: Jsonb<string[]>
  /** False when an update that came with it is missing or cannot be applied. */
  up_to_date: ColumnType<boolean, boolean | undefined, boolean>
  /** Whether it has no coverage area of its own: its objects are drawn over the charts beneath. */
  overlay: ColumnType<boolean, boolean | undefined, boolean>
  /** Storage key of the file this cell was read from. */
  blob_key: string
  byte_size: number
  /** Edition, update and dates in the catalogue; a cell with equal values is unchanged. */
  catalogue_edition: number | null
  catalogue_update: number | null
  catalogue_update_date: string | null
  catalogue_issue_date: string | null
  indexed_at: Time
  /** Storage key of the compiled cell and its format version; null until it has been compiled. */
  compiled_key: string | null
  compiled_version: number | null
  /** The newest upload with files of the cell; null for a public cell. */
  upload_id: ColumnType<number | null, number | null | undefined, number | null>
  /** All uploads with files of the cell. */
  source_uploads: ColumnType<number[], number[] | undefined, number[]>
  /** Texts and pictures that its features name and that came with it. */
  files: ColumnType<CellFileEntry[], string | undefined, string>
}

export interface UnusedCompiledTable {
  key: string
  since: Time
}

/** `file` is the row of `upload_file`; null for a public cell, whose files are in its zip. */
export interface CellFileEntry {
  name: string
  file: number | null
}

export interface FailedPublicCellTable {
  name: string
  source: string
  edition: number
  update_number: number
  reason: string
  failed_at: Generated<Date>
}
