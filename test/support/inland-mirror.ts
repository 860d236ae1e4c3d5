import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeCellZip } from '#demo/write-mirror-folder.ts'
import { type MirrorCellOverrides, mirrorCell } from './cells.ts'

/** A cell of an inland mirror; the catalogue's edition is that of the cell unless `listed` names another. */
export type InlandCell = MirrorCellOverrides & { listed?: string; posted?: string }

export const INLAND_CATALOGUE = 'IENCU37ProductsCatalog.xml'

/** Writes a mirror in the form of the US Army Corps of Engineers: `IENCU37ProductsCatalog.xml` and one zip per cell. */
export async function writeInlandMirror(folder: string, cells: readonly InlandCell[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const elements: string[] = []
  for (const { listed, posted = '06/30/2026', ...overrides } of cells) {
    const cell = mirrorCell(overrides)
    if (cell.files.length > 0) await writeCellZip(folder, cell)
    const [west = 0, south = 0] = cell.panels[0]?.ring[0] ?? []
    elements.push(
      `<Cell><name>${cell.name}</name><location><from>Pittsburgh, PA</from><to>Lock No. 8</to></location>`,
      `<river_name>Allegheny</river_name><river_miles><begin>1</begin><end>46</end></river_miles>`,
      `<area><north>${south + 0.1}</north><south>${south}</south><east>${west + 0.1}</east><west>${west}</west></area>`,
      `<edition>${listed ?? `${cell.edition}.${cell.updateNumber}`}</edition>`,
      `<s57_file><location>https://ienccloud.us/ienc/products/files/u37/ienc_s57/${cell.name}.zip</location>`,
      `<date_posted>${posted}</date_posted><time_posted>09:40</time_posted><file_size>7.7 MB</file_size></s57_file>`,
      `<kml_file><location>https://ienccloud.us/x/${cell.name}.kmz</location><date_posted>10/21/2025</date_posted></kml_file></Cell>`,
    )
  }
  const header = '<Header><title>IENC U37 Product Catalog</title><date_created>09/17/2026</date_created></Header>'
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<IENCU37ProductCatalog>${header}${elements.join('\n')}</IENCU37ProductCatalog>\n`
  await writeFile(path.join(folder, INLAND_CATALOGUE), text)
}
