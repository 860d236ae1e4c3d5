export interface BackupRunTable {
  id: string
  /** When its hold of blobs ends unless it is renewed. */
  held_until: Date
}

export interface BackupHoldTable {
  key: string
  backup_id: string
}
