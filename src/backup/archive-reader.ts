import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { extract } from 'tar-stream'
import { messageOf } from '#lib/errors.ts'
import {
  BACKUP_FORMAT,
  BackupFileError,
  type BackupHeader,
  HEADER_ENTRY,
  MANIFEST_ENTRY,
  type ManifestLine,
} from './backup-format.ts'

export interface ArchiveEntry {
  name: string
  bytes: number
  /** Must be read to its end before the next entry is asked for. */
  content: AsyncIterable<Uint8Array>
}

const BUFFER = 2 ** 20
/** Headers and manifests are read as a whole. */
const LONGEST_TEXT = 64 * 2 ** 20

/** Reads the entries of a backup in order. @throws BackupFileError when it is not a tar file. */
export async function* readArchive(file: string, signal: AbortSignal): AsyncIterable<ArchiveEntry> {
  const source = createReadStream(file, { highWaterMark: BUFFER })
  const archive = extract()
  source.on('error', (error) => archive.destroy(error))
  source.pipe(archive)

  function explain(error: unknown): unknown {
    if (signal.aborted) return signal.reason
    if (source.errored !== null) return error
    return new BackupFileError(`${file} is not a backup, or is damaged: ${messageOf(error)}`, { cause: error })
  }
  async function* contentOf(entry: AsyncIterable<unknown>) {
    try {
      yield* entry as AsyncIterable<Uint8Array>
    } catch (error) {
      throw explain(error)
    }
  }

  try {
    const entries = archive[Symbol.asyncIterator]()
    for (;;) {
      const next = await entries.next().catch((error: unknown) => Promise.reject(explain(error)))
      if (next.done) return
      signal.throwIfAborted()
      const { header } = next.value
      yield { name: header.name, bytes: header.size ?? 0, content: contentOf(next.value) }
      next.value.resume()
    }
  } finally {
    source.destroy()
    archive.destroy()
  }
}

/** Reads a whole small entry. */
export async function readText(entry: ArchiveEntry): Promise<string> {
  if (entry.bytes > LONGEST_TEXT) throw new BackupFileError(`the entry ${entry.name} is too long`)
  return Buffer.concat(await Array.fromAsync(entry.content)).toString('utf8')
}

/** What a backup contains, as its verification counted it. */
export interface VerifiedBackup {
  header: BackupHeader
  entries: number
  bytes: number
}

/**
 * Reads a backup from end to end and compares every entry with its digest.
 *
 * @throws BackupFileError that says what is wrong.
 */
export async function verifyArchive(
  file: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<VerifiedBackup> {
  let header: BackupHeader | null = null
  let manifest: ManifestLine[] | null = null
  const found: ManifestLine[] = []
  let bytes = 0
  for await (const entry of readArchive(file, signal)) {
    if (manifest !== null) throw new BackupFileError(`${file} is damaged: there is more after its end`)
    if (entry.name === MANIFEST_ENTRY) {
      manifest = parseManifest(await readText(entry), file)
      continue
    }
    const hash = createHash('sha256')
    const text: Uint8Array[] = []
    for await (const chunk of entry.content) {
      hash.update(chunk)
      bytes += chunk.byteLength
      onBytes(chunk.byteLength)
      if (found.length === 0) text.push(chunk)
    }
    if (header === null) header = parseHeader(entry.name, Buffer.concat(text).toString('utf8'), file)
    found.push({ name: entry.name, bytes: entry.bytes, sha256: hash.digest('hex') })
  }
  if (header === null || manifest === null) throw new BackupFileError(`${file} is incomplete: its end is missing`)
  compare(found, manifest, file)
  return { header, entries: found.length, bytes }
}

function compare(found: readonly ManifestLine[], manifest: readonly ManifestLine[], file: string): void {
  for (const [i, line] of manifest.entries()) {
    const entry = found[i]
    if (entry?.name !== line.name || entry.bytes !== line.bytes || entry.sha256 !== line.sha256)
      throw new BackupFileError(`${file} is damaged: its entry ${line.name} is not as it was written`)
  }
  if (found.length !== manifest.length)
    throw new BackupFileError(`${file} is damaged: it has entries that its manifest does not name`)
}

function parseManifest(text: string, file: string): ManifestLine[] {
  try {
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ManifestLine)
  } catch (error) {
    throw new BackupFileError(`${file} is damaged: its manifest cannot be read`, { cause: error })
  }
}

function parseHeader(name: string, text: string, file: string): BackupHeader {
  if (name !== HEADER_ENTRY) throw new BackupFileError(`${file} is not a backup of Chartroom: it begins with ${name}`)
  try {
    const header = JSON.parse(text) as BackupHeader
    if (header.format <= BACKUP_FORMAT) return header
    throw new BackupFileError(
      `${file} has format ${header.format} of Chartroom ${header.version}, and this version reads up to ${BACKUP_FORMAT}: restore it with that version`,
    )
  } catch (error) {
    if (error instanceof BackupFileError) throw error
    throw new BackupFileError(`${file} is damaged: its header cannot be read`, { cause: error })
  }
}
