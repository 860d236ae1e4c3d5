import { demoCells } from './demo-cells.ts'
import { writeMirrorFolder } from './write-mirror-folder.ts'

/**
 * Writes the invented coast to a folder in the form of NOAA's public charts: `ENCProdCat.xml` and one zip per cell. It creates a missing
 * folder. A file URL of the catalogue can then be the source of charts without internet access.
 */
export async function writeDemoMirror(folder: string): Promise<void> {
  await writeMirrorFolder(folder, demoCells(), '2026-03-17T06:00:00Z')
}
