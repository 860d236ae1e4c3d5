export interface BackupRunTable {
  id: string
  /** Until when it holds its blobs unless it says so again. */
  held_until: Date
}

export interface BackupHoldTable {
  key: string
  backup_id: string
}
