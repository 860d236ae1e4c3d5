import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import yauzl from 'yauzl'
import type { CellFile } from '#s57/read-cell.ts'

/** The files of a published cell: the base and its updates in order. */
export interface CellFiles {
  name: string
  base: CellFile
  updates: CellFile[]
}

const charts = fileURLToPath(new URL('../../../shared/charts', import.meta.url))

/** Reason to skip tests with real charts, or false. The charts are next to the checkout and not part of it. */
export const noCharts: string | false = existsSync(charts)
  ? false
  : 'needs the real charts next to the checkout (../shared/charts)'

/** Returns the cells of the small NOAA mirror on one of its days, by name. */
export async function mirrorCells(day: 'day1' | 'day2'): Promise<CellFiles[]> {
  const folder = join(charts, 'noaa-mirror', day)
  const zips = readdirSync(folder)
    .filter((name) => name.endsWith('.zip'))
    .sort()
  return Promise.all(zips.map(async (zip) => filesOf(zip.replace('.zip', ''), await unzip(join(folder, zip)))))
}

/** Returns a cell that is not in a zip. */
export function uploadedCell(name: string): CellFiles {
  return { name, base: { name: `${name}.000`, bytes: readFileSync(join(charts, 'uploads', `${name}.000`)) }, updates: [] }
}

function filesOf(name: string, entries: CellFile[]): CellFiles {
  const files = entries
    .filter((entry) => /\.\d{3}$/.test(entry.name) && entry.name.startsWith(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const [base, ...updates] = files
  if (base === undefined) throw new Error(`the zip of ${name} contains no cell`)
  return { name, base, updates }
}

async function unzip(path: string): Promise<CellFile[]> {
  const zip = await yauzl.fromBufferPromise(await readFile(path), { lazyEntries: true })
  const files: CellFile[] = []
  for await (const entry of zip.eachEntry()) {
    if (!/\.\d{3}$/.test(entry.fileName)) continue
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    files.push({ name: entry.fileName.replace(/^.*[\\/]/, ''), bytes: Buffer.concat(chunks) })
  }
  return files
}
