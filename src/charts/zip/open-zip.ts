import { crc32 } from 'node:zlib'
import { type Entry, openPromise } from 'yauzl'
import { messageOf } from '#lib/errors.ts'
import { ZipError } from './zip-error.ts'
import type { ZipLimits } from './zip-limits.ts'

/** A zip whose list of contents has been checked from end to end. */
export interface OpenZip {
  readonly members: readonly ZipMember[]
  /** Inflates one entry into memory, within the limits; length and checksum are verified. @throws ZipError */
  read(entry: ZipMember): Promise<Buffer>
  close(): void
}

export interface ZipMember {
  /** Path inside the zip, with forward slashes. */
  path: string
  bytes: number
  /** Where it lies in the zip, for reading it again without the list of contents. */
  place: ZipPlace
}

/** A member's place: everything that `readStoredFile` needs. */
export interface ZipPlace {
  /** Of its local header. */
  offset: number
  packedBytes: number
  /** 0 stored, 8 deflated. */
  method: number
  crc: number
}

const STORED = 0
const DEFLATED = 8

/**
 * Opens a zip and checks every entry before anything is inflated: paths that lead outside, links, encryption, duplicates,
 * unknown compression, counts and sizes. Nothing is ever written to disk.
 *
 * @param name what messages call the zip.
 * @throws ZipError
 */
export async function openZip(path: string, name: string, limits: ZipLimits): Promise<OpenZip> {
  // A name with a backslash is turned into a path first and then checked, so `..\..\x` is caught as what it means.
  const zip = await openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    validateEntrySizes: true,
    strictFileNames: false,
  }).catch((error: unknown) => {
    throw translated(name, error)
  })
  const raw = new Map<ZipMember, Entry>()
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
    const seen = new Set<string>()
    let total = 0
    for await (const entry of zip.eachEntry()) {
      if (raw.size >= limits.entries) throw new ZipError(name, `it has more than the ${limits.entries} entries that are accepted`)
      if (entry.fileName.endsWith('/')) continue
      checkEntry(name, entry, limits)
      // Compared without case: on some systems, and for every reader of charts, US5X.000 and us5x.000 are one file.
      const key = entry.fileName.toUpperCase()
      if (seen.has(key)) throw new ZipError(name, 'it is in the zip twice', { entry: entry.fileName })
      seen.add(key)
      total += entry.uncompressedSize
      if (total > limits.totalBytes) {
        throw new ZipError(name, `its files would take more than ${megabytes(limits.totalBytes)} unpacked; it may be a zip bomb`)
      }
      const place = {
        offset: entry.relativeOffsetOfLocalHeader,
        packedBytes: entry.compressedSize,
        method: entry.compressionMethod,
        crc: entry.crc32,
      }
      raw.set({ path: entry.fileName, bytes: entry.uncompressedSize, place }, entry)
    }
  }

  return {
    members: [...raw.keys()],
    close: () => zip.close(),
    async read(wanted) {
      const entry = raw.get(wanted)
      if (entry === undefined) throw new ZipError(name, 'it is not in the zip', { entry: wanted.path })
      try {
        const chunks: Buffer[] = []
        let bytes = 0
        for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
          bytes += chunk.length
          // yauzl stops at the announced size already; this holds even if the announcement was never checked.
          if (bytes > limits.fileBytes) throw tooLarge(name, entry, limits)
          chunks.push(chunk)
        }
        const content = Buffer.concat(chunks, bytes)
        if (content.length !== entry.uncompressedSize) {
          throw new ZipError(name, `it has ${content.length} bytes instead of ${entry.uncompressedSize}`, {
            entry: entry.fileName,
          })
        }
        if (crc32(content) !== entry.crc32)
          throw new ZipError(name, 'its checksum is wrong: the file is damaged', { entry: entry.fileName })
        return content
      } catch (error) {
        throw error instanceof ZipError ? error : translated(name, error, entry.fileName)
      }
    },
  }
}

function checkEntry(name: string, entry: Entry, limits: ZipLimits): void {
  const problem = (message: string) => new ZipError(name, message, { entry: entry.fileName })
  // The upper half holds the Unix mode, when a Unix made the zip.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    throw problem('it is a symbolic link; links are not accepted')
  if (entry.isEncrypted()) throw problem('it is encrypted; only plain zips are accepted')
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw problem(`its compression method ${entry.compressionMethod} is not supported (stored and deflated are)`)
  }
  if (entry.uncompressedSize > limits.fileBytes) throw tooLarge(name, entry, limits)
  if (entry.uncompressedSize > 1024 * 1024 && entry.uncompressedSize > entry.compressedSize * limits.ratio) {
    throw problem(`it would grow more than ${limits.ratio}-fold when unpacked; it may be a zip bomb`)
  }
}

function tooLarge(name: string, entry: Entry, limits: ZipLimits): ZipError {
  return new ZipError(name, `it is larger than the ${megabytes(limits.fileBytes)} that one file may have`, {
    entry: entry.fileName,
  })
}

/** yauzl's errors in words for people. */
function translated(name: string, error: unknown, entry?: string): ZipError {
  const message = messageOf(error)
  const options = { cause: error, ...(entry === undefined ? {} : { entry }) }
  const path = /^(absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(message)
  if (path !== null) {
    return new ZipError(name, 'its path leads outside the zip; such zips are not accepted', {
      cause: error,
      entry: path[2] ?? '',
    })
  }
  if (/End of central directory|file is truncated|unexpected EOF|unexpected end of file|not enough bytes/i.test(message)) {
    return new ZipError(name, 'it is not a zip, or it is cut short', options)
  }
  return new ZipError(name, `it is damaged (${message})`, options)
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`
}
