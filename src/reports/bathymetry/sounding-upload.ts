import type { FieldError } from '#lib/errors.ts'

/** What an upload says about its soundings. */
export interface UploadLabels {
  platform: Record<string, string> | null
  /** `uniqueId` of the platform. */
  platformId: string | null
  providerContactPoint: Record<string, string> | null
  depthUnits: string
  timeUnits: string
  convention: string | null
  externalUserId: string | null
}

/** The soundings of an upload in the order of their times, with what follows from their positions. */
export interface SoundingColumns {
  count: number
  /** Packed: latitude, longitude, depth and time of each sounding. */
  numbers: Float64Array<ArrayBuffer>
  /** Metres from the sounding before. */
  step: Float64Array<ArrayBuffer>
  /** World units. */
  x: Float64Array<ArrayBuffer>
  y: Float64Array<ArrayBuffer>
}

export interface SoundingUpload {
  labels: UploadLabels
  columns: SoundingColumns
}

/** What reading the body of an upload gives. */
export type UploadOutcome =
  | { kind: 'upload'; upload: SoundingUpload }
  | { kind: 'not-json'; message: string }
  | { kind: 'too-many'; count: number }
  /** At least one. */
  | { kind: 'invalid'; fields: FieldError[] }

export interface UploadTask {
  /** The body of the request. */
  body: Uint8Array
  maximumSoundings: number
  /** Milliseconds since the Unix epoch. */
  now: number
}
