import path from 'node:path'
import { type FileIndex, indexFiles } from './file-index.ts'

/** Sprites and glyphs of the chart styles. */
export interface ChartAssets {
  /** Reads the files on the first call; a failure is tried again by the next. */
  index(): Promise<FileIndex>
}

/** The folder `assets` of the project. */
export const ASSETS_FOLDER = path.resolve(import.meta.dirname, '..', '..', '..', 'assets')

export function createChartAssets(folder: string = ASSETS_FOLDER): ChartAssets {
  let reading: Promise<FileIndex> | null = null
  return {
    index() {
      reading ??= indexFiles({ sprites: path.join(folder, 'sprites'), glyphs: path.join(folder, 'glyphs') }).catch(
        (error: unknown) => {
          reading = null
          throw error
        },
      )
      return reading
    },
  }
}
