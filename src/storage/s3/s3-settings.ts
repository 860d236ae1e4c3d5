/** Where the bucket is and who may use it. */
export interface S3Settings {
  /** Address of the service; null for Amazon's own. */
  endpoint: string | null
  bucket: string
  region: string
  /** Null: the credentials of the machine, as Amazon's tools find them. */
  credentials: { accessKeyId: string; secretAccessKey: string } | null
  /** Whether the bucket is part of the path rather than of the host name. */
  forcePathStyle: boolean
  /** What every object's name starts with: empty, or ending in `/`. */
  prefix: string
}
