/** Where an upload stands; it follows from its job. */
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

/** One cell of an upload and what became of it. */
export interface CellReport {
  name: string
  /** Of what CATALOG.031 calls it. */
  title: string | null
  /** waiting: encrypted, and no permit for it has been uploaded. cancelled: withdrawn by its producer. */
  status: 'pending' | 'indexed' | 'waiting' | 'failed' | 'cancelled'
  edition: number | null
  update: number | null
  issueDate: string | null
  updateDate: string | null
  usageBand: number | null
  scale: number | null
  /** West, south, east, north; west is greater than east across the antimeridian. */
  bbox: number[] | null
  featureCount: number | null
  features: Record<string, number> | null
  encrypted: boolean | null
  /** How decryption went, in words; null for a plain cell. */
  decryptResult: string | null
  permitExpires: string | null
  /** Whether the chart that is shown now comes from this upload. */
  visible: boolean
  warnings: string[]
  errors: string[]
}
