import type { Entry } from 'yauzl'
import { messageOf } from '#lib/errors.ts'
import { isMachineFault } from '#lib/machine-fault.ts'
import { faultOf, methodOf, TWICE } from './member-fault.ts'
import { openZipFile } from './open-zip-file.ts'
import { readStoredFile } from './read-stored-file.ts'
import { entryName, megabytesOf, ZipError } from './zip-error.ts'
import type { ZipLimits } from './zip-limits.ts'
import type { ZipPlace } from './zip-place.ts'

/** A zip whose list of contents has been checked completely. */
export interface OpenZip {
  readonly members: readonly ZipMember[]
  /** What was ignored: bytes before the zip, and members that repeat an equal one of the same path. One sentence each. */
  readonly warnings: readonly string[]
  /** Unpacks a member into memory, synchronously: a large one in a worker thread only. @throws ZipError */
  read(member: ZipMember): Buffer
  close(): void
}

/** A file in a zip. */
export interface ZipMember {
  /** Path inside the zip, with forward slashes. */
  path: string
  bytes: number
  /** Why it cannot be unpacked, such as a link or a compression that is not supported; null when it can. */
  fault: string | null
  /** Its position, for reading it again without the list of contents. */
  place: ZipPlace
}

/** Fixed part of a local header (APPNOTE.TXT, 4.3.7). */
const LOCAL_HEADER = 30
/** Names, extra fields and comments of all entries. All of NOAA needs some 4 MB. */
const MOST_LIST_BYTES = 16 * 1024 * 1024
/** A path in a zip; file systems take some 4,000 bytes, and exchange sets use less than 100. */
const LONGEST_NAME = 1_000
const MOST_WARNINGS = 20

/**
 * Opens a zip and checks every entry before inflating any: paths that lead outside, overlaps, counts and sizes. An entry
 * that cannot be unpacked alone (a link, encrypted, too large, another compression), or whose path another one with different content
 * has, is listed with its fault. Leaves out folders and what systems add. Writes nothing to disk.
 *
 * @param name of the zip in messages.
 * @throws ZipError; a system error when this machine cannot read the file (`isMachineFault`).
 */
export async function openZip(path: string, name: string, limits: ZipLimits): Promise<OpenZip> {
  const { zip, prefix } = await openZipFile(path).catch((error: unknown) => {
    throw translated(name, error)
  })
  const members: ZipMember[] = []
  const warnings: string[] = []
  if (prefix > 0) warnings.push(`${prefix} bytes before the zip itself, such as a program that unpacks it, were ignored`)
  try {
    if (zip.entryCount > limits.entries) {
      throw new ZipError(name, `it has ${zip.entryCount} entries; at most ${limits.entries} are accepted`)
    }
    await collect()
  } catch (error) {
    zip.close()
    throw error instanceof ZipError ? error : translated(name, error)
  }

  async function collect(): Promise<void> {
    const seen = new Map<string, { entry: Entry; member: ZipMember }>()
    let count = 0
    let listBytes = 0
    let total = 0
    for await (const entry of zip.eachEntry()) {
      count++
      if (count > limits.entries)
        throw new ZipError(name, `it has more than ${limits.entries} entries, the most that are accepted`)
      // It is never read, and the library's string of it takes 32 times its length.
      Object.assign(entry, { fileComment: '', comment: '' })
      listBytes += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength
      if (listBytes > MOST_LIST_BYTES)
        throw new ZipError(name, `its list of contents is larger than ${megabytesOf(MOST_LIST_BYTES)}`)
      if (entry.fileNameLength > LONGEST_NAME) {
        throw new ZipError(name, `its name has ${entry.fileNameLength} bytes; at most ${LONGEST_NAME} are accepted`, {
          entry: `${entry.fileName.slice(0, 100)}...`,
        })
      }
      if (entry.fileName.endsWith('/') || isOfSystem(entry.fileName)) continue
      // Case does not count: on some systems, and for every chart reader, US5X.000 and us5x.000 are one file.
      const key = entry.fileName.toUpperCase()
      const other = seen.get(key)
      if (other !== undefined) {
        if (other.entry.crc32 !== entry.crc32 || other.entry.uncompressedSize !== entry.uncompressedSize) {
          other.member.place.method = TWICE
          other.member.fault ??= faultOf(TWICE, limits)
        } else if (warnings.length < MOST_WARNINGS)
          warnings.push(`${JSON.stringify(entry.fileName.slice(0, 120))} occurs twice in the zip with the same content`)
        continue
      }
      const method = methodOf(entry, limits)
      const fault = faultOf(method, limits)
      if (fault === null) total += entry.uncompressedSize
      if (total > limits.totalBytes) {
        throw new ZipError(name, `its files would unpack to more than ${megabytesOf(limits.totalBytes)}; it may be a zip bomb`)
      }
      const place = {
        offset: prefix + entry.relativeOffsetOfLocalHeader,
        packedBytes: entry.compressedSize,
        method,
        crc: entry.crc32,
      }
      const member: ZipMember = { path: entry.fileName, bytes: entry.uncompressedSize, fault, place }
      members.push(member)
      seen.set(key, { entry, member })
    }
    checkOverlaps(name, members)
  }

  return {
    members,
    warnings,
    close: () => zip.close(),
    read(wanted) {
      if (!members.includes(wanted)) throw new ZipError(name, 'it is not in the zip', { entry: wanted.path })
      if (wanted.fault !== null) throw new ZipError(name, wanted.fault, { entry: wanted.path })
      return readStoredFile({ path, name: entryName(name, wanted.path), bytes: wanted.bytes, place: wanted.place })
    },
  }
}

/** Folders in which file servers and systems keep copies, deleted files and resource forks under the names of the files themselves. */
const SYSTEM_FOLDERS = new Set([
  ...['__MACOSX', 'RESOURCE.FRK', 'LOST+FOUND'],
  ...['$RECYCLE.BIN', 'RECYCLER', 'RECYCLED', 'SYSTEM VOLUME INFORMATION'],
  ...['@EADIR', '#RECYCLE', '#SNAPSHOT', '@RECYCLE', '@RECENTLY-SNAPSHOT', '@TMP'],
])

/**
 * Files that operating systems add to those of users: resource forks (`._NAME`), views of folders, and whatever is in a system's folder or
 * a hidden one (`.AppleDouble`, `.Trashes`). Never a file of a chart.
 */
function isOfSystem(path: string): boolean {
  const folders = path.toUpperCase().split('/')
  const file = folders.pop() ?? ''
  return file.startsWith('._') || file === '.DS_STORE' || folders.some((name) => SYSTEM_FOLDERS.has(name) || /^\.[^.]/.test(name))
}

/** Refuses members that share bytes: several of them could unpack one small piece many times. */
function checkOverlaps(name: string, members: readonly ZipMember[]): void {
  let end = 0
  let before = ''
  for (const { path, place } of members.toSorted((a, b) => a.place.offset - b.place.offset)) {
    if (place.offset < end)
      throw new ZipError(name, `it overlaps ${JSON.stringify(before.slice(0, 120))}; it may be a zip bomb`, { entry: path })
    end = place.offset + LOCAL_HEADER + place.packedBytes
    before = path
  }
}

const TRUNCATED =
  /End of central directory|file is truncated|unexpected EOF|unexpected end of file|not enough bytes|invalid comment length/i

/** Turns the library's errors into messages for people; a fault of this machine proves nothing about the zip and stays as it is. */
function translated(name: string, error: unknown, entry?: string): unknown {
  if (isMachineFault(error)) return error
  const message = messageOf(error)
  const options = { cause: error, ...(entry === undefined ? {} : { entry }) }
  const path = /^(absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(message)
  if (path !== null) {
    return new ZipError(name, 'its path leads outside the zip; such zips are not accepted', {
      cause: error,
      entry: path[2] ?? '',
    })
  }
  if (TRUNCATED.test(message)) {
    return new ZipError(name, 'it is not a zip, or it is truncated', options)
  }
  return new ZipError(name, `it is damaged (${message})`, options)
}
