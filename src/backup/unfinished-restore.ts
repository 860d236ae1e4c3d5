import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'

const MARK = 'restore-unfinished'

/** A restore into this data directory was interrupted. */
export class UnfinishedRestoreError extends Error {
  override readonly name = 'UnfinishedRestoreError'
}

/**
 * Marks a data directory for as long as a restore into it is incomplete.
 * @param file the backup. @returns a function that undoes it, for a restore that was refused before it began: an earlier mark comes back.
 */
export async function markUnfinishedRestore(dataDir: string, file: string): Promise<() => Promise<void>> {
  const earlier = await readMark(dataDir)
  await writeMark(dataDir, file)
  return async () => await (earlier === null ? forgetUnfinishedRestore(dataDir) : writeMark(dataDir, earlier))
}

/** The mark appears whole or not at all. */
async function writeMark(dataDir: string, file: string): Promise<void> {
  const mark = path.join(dataDir, MARK)
  const handle = await open(`${mark}.new`, 'w')
  try {
    await handle.writeFile(`${file}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${mark}.new`, mark)
}

async function readMark(dataDir: string): Promise<string | null> {
  try {
    return (await readFile(path.join(dataDir, MARK), 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

export async function forgetUnfinishedRestore(dataDir: string): Promise<void> {
  await rm(path.join(dataDir, MARK), { force: true })
}

/** @throws UnfinishedRestoreError when a restore was interrupted: a server would fill the empty database. */
export async function refuseUnfinishedRestore(dataDir: string): Promise<void> {
  const file = await readMark(dataDir)
  if (file === null) return
  throw new UnfinishedRestoreError(
    `the restore of ${file} into ${dataDir} is unfinished: run \`chartroom restore\` with this file again; it goes on where it stopped. To give it up, delete ${path.join(dataDir, MARK)}`,
  )
}
