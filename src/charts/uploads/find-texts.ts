import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { CellFileEntry } from '#db/schema.ts'
import { nearness } from '../zip/nearness.ts'

interface TextRow {
  id: number
  upload_id: number
  name: string
  folder: string
}

/**
 * Texts and pictures with these names in these uploads. Of one name, the file in the folder of the cell wins, then that of the newest
 * upload, then the one nearest to the cell, then that of the last update.
 */
export async function findTexts(
  db: Db,
  uploads: readonly number[],
  cell: string,
  names: readonly string[],
): Promise<CellFileEntry[]> {
  if (names.length === 0) return []
  // uses upload_file_text
  const texts = await sql<TextRow>`
    select id, upload_id, name, folder from upload_file
    where role = 'text' and upload_id = any(${uploads}::bigint[]) and name = any(${names}::text[])
    order by upload_id desc, id desc
  `.execute(db)
  // uses upload_file_cell
  const cells = await sql<{ upload_id: number; folder: string; number: number }>`
    select upload_id, folder, max(number) as number from upload_file
    where role = 'cell' and upload_id = any(${uploads}::bigint[]) and cell_name = ${cell}
    group by upload_id, folder order by number desc
  `.execute(db)
  const best = new Map<string, { row: TextRow; near: number; number: number }>()
  for (const row of texts.rows) {
    const folders = cells.rows
      .filter((each) => each.upload_id === row.upload_id)
      .map((each) => ({ near: nearness(row.folder, each.folder), number: each.number }))
    const near = Math.max(-Infinity, ...folders.map((folder) => folder.near))
    const number = folders.find((folder) => folder.near === near)?.number ?? 0
    const known = best.get(row.name)
    const wins =
      known === undefined ||
      (near === Infinity && known.near !== Infinity) ||
      (known.row.upload_id === row.upload_id && (near > known.near || (near === known.near && number > known.number)))
    if (wins) best.set(row.name, { row, near, number })
  }
  return [...best.values()].map(({ row }) => ({ name: row.name, file: row.id })).sort((a, b) => (a.name < b.name ? -1 : 1))
}
