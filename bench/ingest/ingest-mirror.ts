import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { MirrorCell } from '#demo/mirror-cell.ts'
import { writeMirrorFolder } from '#demo/write-mirror-folder.ts'
import { readFileIdentification } from '#s57/read-file-identification.ts'
import { boxRing, mirrorCell } from '#test/cells.ts'
import type { CellFiles } from '../../test/s57/chart-files.ts'

/** A folder with a catalogue and a zip per cell, like NOAA's. */
export interface IngestMirror {
  folder: string
  cells: number
  /** Bytes of the zips, and of the S-57 files in them. */
  zipBytes: number
  s57Bytes: number
}

/**
 * Writes `copies` of the cells, each under its own name: the threads would still be cold after a few cells, and equal cells would
 * share one compiled file.
 */
export async function writeIngestMirror(folder: string, cells: readonly CellFiles[], copies: number): Promise<IngestMirror> {
  const listed = Array.from({ length: copies }, (_, copy) =>
    cells.map((cell, i) => renamed(cell, `${cell.name.slice(0, 3)}${String(copy * cells.length + i).padStart(5, '0')}`)),
  ).flat()
  await writeMirrorFolder(folder, listed, '2026-01-01T06:00:00Z')
  return await measured(folder, listed)
}

/** Writes cells of 6 kB, whose cost is almost only the fixed one: zip, thread, file and transaction. */
export async function writeTinyMirror(folder: string, count: number): Promise<IngestMirror> {
  const cells = Array.from({ length: count }, (_, i) => mirrorCell({ name: `XX5${String(i).padStart(5, '0')}` }))
  await writeMirrorFolder(folder, cells, '2026-01-01T06:00:00Z')
  return await measured(folder, cells)
}

function renamed({ name, base, updates }: CellFiles, to: string): MirrorCell {
  const files = [base, ...updates].map((file) => ({
    name: file.name.replace(name, to),
    bytes: Buffer.from(Buffer.from(file.bytes).toString('latin1').replaceAll(name, to), 'latin1'),
  }))
  const last = readFileIdentification(files.at(-1)!)
  return {
    name: to,
    longName: `Copy of ${name}`,
    scale: 1,
    status: 'Active',
    edition: last.edition,
    updateNumber: last.updateNumber,
    updateApplicationDate: last.updateApplicationDate ?? last.issueDate ?? '2026-01-01',
    issueDate: last.issueDate ?? '2026-01-01',
    zipDate: '2026-01-01T05:00:00Z',
    // Appears only in the catalogue; indexing takes the coverage from the cell.
    panels: [{ type: 'exterior', ring: boxRing([-1, -1, 1, 1]) }],
    files,
  }
}

async function measured(folder: string, cells: readonly MirrorCell[]): Promise<IngestMirror> {
  let zipBytes = 0
  for (const file of await readdir(folder)) if (file.endsWith('.zip')) zipBytes += (await stat(path.join(folder, file))).size
  const s57Bytes = cells.flatMap((cell) => cell.files).reduce((sum, { bytes }) => sum + bytes.length, 0)
  return { folder, cells: cells.length, zipBytes, s57Bytes }
}
