import { COMPILED_VERSION } from '#compiled/format/compiled-format.ts'
import { COMPILED_PREFIX } from '#compiled/format/compiled-keys.ts'
import type { Db } from '#db/database.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const AGAIN = 'Restart the server: it compiles these cells again from the stored charts.'

/** Whether every visible cell has a compiled form of this version in the storage. */
export async function checkCompiledCells(db: Db, storage: BlobStore): Promise<Omit<Finding, 'name'>> {
  const cells = await db.selectFrom('cell').select(['name', 'compiled_key', 'compiled_version']).orderBy('name').execute()
  const stored = new Set<string>()
  for await (const { key } of storage.list(COMPILED_PREFIX)) stored.add(key)
  const missing = cells.filter(({ compiled_key: key }) => key !== null && !stored.has(key))
  const old = cells.filter(({ compiled_version: version }) => version !== COMPILED_VERSION)
  if (missing.length > 0) {
    const names = missing.slice(0, 5).map(({ name }) => name)
    const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : ''
    return failed(
      `The compiled form of ${missing.length} of ${cells.length} cells is missing: ${names.join(', ')}${more}.`,
      `Check that DATA_DIR/blobs is complete. ${AGAIN.replace('Restart the server: it compiles', 'The server compiles')} as soon as a client asks for them.`,
    )
  }
  if (old.length > 0) return warning(`${old.length} of ${cells.length} cells are compiled for another version.`, AGAIN)
  if (cells.length === 0)
    return ok('There are no charts yet. Start the first refresh: chartroom jobs start refresh-public-charts')
  return ok(`All ${cells.length} cells are compiled.`)
}
