/** Limits of a zip. NOAA's largest cell has some 10 MB in a dozen files; zipping it takes off four fifths. */
export interface ZipLimits {
  entries: number
  /** Largest inflated file. */
  fileBytes: number
  /** Largest sum of inflated files. */
  totalBytes: number
  /** Largest ratio of inflated to deflated size of a file above a megabyte. Charts reach about 8, bombs hundreds. */
  ratio: number
}

/** Limits of a zip with one cell. */
export const CELL_ZIP_LIMITS: ZipLimits = {
  entries: 5_000,
  fileBytes: 64 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
  ratio: 100,
}

/**
 * Limits of an upload with many cells. All of NOAA has some 35,000 files and 3 GB unpacked; more than 65,534 entries need zip64.
 * Nothing is unpacked to disk, and only one cell at a time into memory.
 */
export const UPLOAD_ZIP_LIMITS: ZipLimits = {
  entries: 65_534,
  fileBytes: 128 * 1024 * 1024,
  totalBytes: 16 * 1024 * 1024 * 1024,
  ratio: 100,
}
