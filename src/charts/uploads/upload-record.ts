import type { Standard } from '#s57/cell.ts'

/** The state of an upload; it follows from its job tree. */
export type UploadStatus = 'pending' | 'processing' | 'succeeded' | 'failed' | 'cancelled'

/** An upload as the API shows it: the documented contract's names; times in milliseconds since the Unix epoch. */
export interface UploadRecord {
  id: number
  filename: string
  fileSize: number
  status: UploadStatus
  createdAt: number
  updatedAt: number
  uploaderEmail: string
  /** Cells in the upload. */
  totalCharts: number
  /** Cells whose permit has expired. */
  expiredCharts: number
}

/** The report on one cell of an upload. */
export interface CellReport {
  name: string
  /** Its title in CATALOG.031. */
  title: string | null
  /** waiting: encrypted, and no permit for it has been uploaded. cancelled: withdrawn by its producer. */
  status: 'pending' | 'indexed' | 'waiting' | 'failed' | 'cancelled'
  /** The standard of its files; null until it has been read. */
  standard: Standard | null
  edition: number | null
  update: number | null
  issueDate: string | null
  updateDate: string | null
  usageBand: number | null
  scale: number | null
  /** West, south, east, north; west exceeds east across the antimeridian. */
  bbox: number[] | null
  /** False when it is shown without an update that is missing or cannot be applied. */
  upToDate: boolean | null
  featureCount: number | null
  features: Record<string, number> | null
  encrypted: boolean | null
  /** Outcome of the decryption, for people; null for a plain cell. */
  decryptResult: string | null
  permitExpires: string | null
  /** Whether the visible cell comes from this upload, at least in part. */
  visible: boolean
  /** The cell of the other standard that is drawn in place of the visible one; null when there is none. */
  displacedBy: string | null
  warnings: string[]
  errors: string[]
}
