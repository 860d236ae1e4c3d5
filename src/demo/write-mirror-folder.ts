import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeCatalogueFile } from '#s57/writer/write-catalogue-file.ts'
import type { MirrorCell } from './mirror-cell.ts'
import { productCatalogue } from './product-catalogue.ts'
import { zipEntries } from './zip-entries.ts'

const README = `Chartroom's invented coast. Nothing in these charts exists: they must not be used for navigation.\r\n`

/**
 * Writes `ENCProdCat.xml` and one `<CELL>.zip` for each cell with files into a folder, which it creates when missing.
 *
 * @param date when the catalogue was made, ISO 8601 in UTC.
 */
export async function writeMirrorFolder(folder: string, cells: readonly MirrorCell[], date: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const sizes = new Map<string, number>()
  for (const cell of cells) {
    if (cell.files.length > 0) sizes.set(cell.name, await writeCellZip(folder, cell))
  }
  await writeFile(path.join(folder, 'ENCProdCat.xml'), productCatalogue(cells, date, sizes))
}

/** Writes the `<CELL>.zip` of a cell into a folder that is there. Returns its size in bytes. */
export async function writeCellZip(folder: string, cell: MirrorCell): Promise<number> {
  const zip = await zipEntries(zipContent(cell), new Date(cell.zipDate))
  await writeFile(path.join(folder, `${cell.name}.zip`), zip)
  return zip.length
}

function zipContent(cell: MirrorCell): { path: string; content: Uint8Array | string }[] {
  const exteriors = cell.panels.filter(({ type }) => type === 'exterior').flatMap(({ ring }) => ring)
  const longitudes = exteriors.map(([longitude = 0]) => longitude)
  const latitudes = exteriors.map(([, latitude = 0]) => latitude)
  const listed = cell.files.map(({ name, bytes }) => ({
    path: `${cell.name}/${name}`,
    bytes,
    longName: cell.longName,
    box:
      exteriors.length === 0
        ? null
        : ([Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)] as const),
  }))
  return [
    { path: 'ENC_ROOT/CATALOG.031', content: writeCatalogueFile(listed) },
    { path: 'ENC_ROOT/README.TXT', content: README },
    ...cell.files.map(({ name, bytes }) => ({ path: `ENC_ROOT/${cell.name}/${name}`, content: bytes })),
  ]
}
