/** What a zip of charts may cost. NOAA's largest cell has some 10 MB in a dozen files, and shrinks to a fifth in the zip. */
export interface ZipLimits {
  entries: number
  /** Of one file, inflated. */
  fileBytes: number
  /** Of all files, inflated. */
  totalBytes: number
  /** Inflated to deflated, of one file larger than a megabyte. Charts reach about 8; a bomb has hundreds. */
  ratio: number
}

export const CELL_ZIP_LIMITS: ZipLimits = {
  entries: 5_000,
  fileBytes: 64 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
  ratio: 100,
}

/**
 * An upload of many cells. All of NOAA has some 35,000 files and 3 GB unpacked; more than 65,534 entries need a zip64. Nothing is
 * unpacked to disk, and one cell at a time into memory.
 */
export const UPLOAD_ZIP_LIMITS: ZipLimits = {
  entries: 65_534,
  fileBytes: 128 * 1024 * 1024,
  totalBytes: 16 * 1024 * 1024 * 1024,
  ratio: 100,
}
