import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { codeOf, messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { Bundle } from './bundle.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { linkLibraries } from './link-libraries.ts'

const PLACES = ['/var/cache/chartroom', '/var/lib/chartroom/cache']
const WRITABLE_BY_OTHERS = 0o022

/**
 * Copies the bundle to a folder that every account can read and only root can write, for an installation that only root can enter.
 * Called as root. Reuses the copy of an earlier start after a check that only root could have changed it.
 *
 * @returns the folder with bin/, lib/ and share/.
 * @throws EmbeddedPostgresError when no place can be found.
 */
export async function copyBundle(bundle: Bundle, log: Log, places: readonly string[] = PLACES): Promise<string> {
  const files = await listFiles(bundle.native)
  const name = `postgres-${bundle.version}-${(await digest(bundle.native, files)).slice(0, 16)}`
  const reasons: string[] = []
  for (const place of [...places, null]) {
    try {
      // The last resort is new at each start, because an old folder in the shared temporary directory cannot be trusted.
      const parent = place ?? (await mkdtemp(path.join(os.tmpdir(), 'chartroom-postgres-')))
      await mkdir(parent, { recursive: true, mode: 0o755 })
      if (place === null) await chmod(parent, 0o755)
      await assertRootOnly(parent)
      const target = path.join(parent, name)
      if (await isIntact(target, bundle.native, files)) return target
      await rm(target, { recursive: true, force: true })
      await copyTo(bundle, target)
      log.info(`only root can enter the folder of PostgreSQL's programs (${bundle.native}): copied them to ${target}`)
      return target
    } catch (error) {
      reasons.push(`${place ?? os.tmpdir()}: ${messageOf(error)}`)
    }
  }
  throw new EmbeddedPostgresError(
    `only root can enter the folder of PostgreSQL's programs (${bundle.native}), and they cannot be copied elsewhere (${reasons.join('; ')}): install Chartroom in a folder that every account may read, or start it as a normal user`,
  )
}

async function copyTo(bundle: Bundle, target: string): Promise<void> {
  // Copies beside the target and renames, so that an interrupted copy is never taken for a complete one.
  const unfinished = `${target}.${randomBytes(6).toString('hex')}`
  try {
    await cp(bundle.native, unfinished, { recursive: true, verbatimSymlinks: true })
    await makeReadable(unfinished)
    await linkLibraries(unfinished)
    await rename(unfinished, target).catch(async (error: unknown) => {
      // Another start was faster, and its copy is equal.
      if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name)
    if (entry.isDirectory()) await makeReadable(full)
    else if (entry.isFile()) await chmod(full, path.basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}

/** Every folder on the way must belong to root and be writable by root alone (or be sticky, like /tmp). */
async function assertRootOnly(folder: string): Promise<void> {
  for (let each = folder; ; each = path.dirname(each)) {
    const info = await lstat(each)
    const sticky = (info.mode & 0o1000) !== 0 && each !== folder
    if (!info.isDirectory() || info.uid !== 0 || ((info.mode & WRITABLE_BY_OTHERS) !== 0 && !sticky)) {
      throw new Error(`${each} can be changed by others than root`)
    }
    if (each === path.dirname(each)) return
  }
}

async function isIntact(copy: string, original: string, files: readonly string[]): Promise<boolean> {
  const entries = await readdir(copy, { recursive: true, withFileTypes: true }).catch(() => null)
  if (entries === null) return false
  for (const full of [copy, ...entries.map((entry) => path.join(entry.parentPath, entry.name))]) {
    const info = await lstat(full)
    if (info.uid !== 0 || (!info.isSymbolicLink() && (info.mode & WRITABLE_BY_OTHERS) !== 0)) return false
  }
  for (const file of files) {
    const [ours, theirs] = await Promise.all([stat(path.join(copy, file)).catch(() => null), stat(path.join(original, file))])
    if (ours?.size !== theirs.size) return false
  }
  return true
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted()
}

async function digest(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`${file}\0`)
    await pipeline(createReadStream(path.join(folder, file)), async (chunks) => {
      for await (const chunk of chunks) hash.update(chunk as Uint8Array)
    })
  }
  return hash.digest('hex')
}
