import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { codeOf, messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { storableText } from '#lib/storable-text.ts'
import { checkParameters, isObject, MAXIMUM_PARAMETER_BYTES, type StyleParameters } from './style-parameters.ts'

// Any number, as long as it is used for nothing else: "styl" in ASCII.
const LOCK = 0x7374796c
const LARGEST_FILE = 4 * MAXIMUM_PARAMETER_BYTES
const LONGEST_NAME = 200

interface StyleFile {
  name: string
  digest: string
  parameters: StyleParameters
}

/**
 * Reads `styles/*.json` in a folder into styles of the first account, named after their files. A file that has changed since it was last
 * read updates the style of its name; an unchanged file leaves the style as users have edited it. A file that cannot be used is logged and
 * skipped, and never stops the start.
 * @param folder absolute path; it may be missing.
 * @param options.expected whether the operator has named the folder, so that a missing one deserves a warning.
 */
export async function provisionStyles(
  { db, clock, log }: { db: Db; clock: Clock; log: Log },
  folder: string,
  options: { expected: boolean } = { expected: false },
): Promise<void> {
  try {
    const files = await readStyleFiles(path.join(folder, 'styles'), log, options.expected)
    if (files.length === 0) return
    const changed = await db.transaction().execute(async (trx) => {
      // Servers that start together take turns.
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx)
      return await storeStyles(trx, new Date(clock.now()), files)
    })
    for (const { name, created } of changed) log.info({ style: name }, `${created ? 'created' : 'updated'} a style from its file`)
  } catch (error) {
    log.error({ err: error, folder }, 'the styles to be provisioned could not be stored')
  }
}

async function readStyleFiles(folder: string, log: Log, expected: boolean): Promise<StyleFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') log.error({ folder }, `cannot read the folder of styles: ${messageOf(error)}`)
    else if (expected) log.warn({ folder }, 'there is no folder of styles to provision')
    return []
  })
  const files: StyleFile[] = []
  for (const file of names.filter((name) => /\.json$/i.test(name)).sort()) {
    try {
      files.push(await readStyleFile(path.join(folder, file)))
    } catch (error) {
      log.error(
        { file: path.join(folder, file) },
        `this file holds no style that can be used, so it is left out: ${messageOf(error)}`,
      )
    }
  }
  return files
}

async function readStyleFile(file: string): Promise<StyleFile> {
  const name = path.basename(file).replace(/\.json$/i, '')
  if (name.trim() === '' || name.length > LONGEST_NAME || storableText(name) !== name) {
    throw new Error(`the name of a style has 1 to ${LONGEST_NAME} characters and no control characters`)
  }
  const { size } = await stat(file)
  if (size > LARGEST_FILE) throw new Error(`it has ${size} bytes; at most ${LARGEST_FILE} are accepted`)
  const bytes = await readFile(file)
  const parameters = parametersOf(JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')))
  const [wrong] = checkParameters(parameters)
  if (wrong !== undefined) throw new Error(`${wrong.field === '' ? 'it' : `parameters${wrong.field}`} ${wrong.message}`)
  if (/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(parameters))) {
    throw new Error('it holds the character NUL or an unpaired surrogate')
  }
  return { name, parameters, digest: createHash('sha256').update(bytes).digest('hex') }
}

/** Takes a whole record (`{ "name", "parameters" }`) or its parameters alone. */
function parametersOf(content: unknown): StyleParameters {
  if (isObject(content)) {
    if (isObject(content['parameters'])) return content['parameters']
    if (isObject(content['colors']) || isObject(content['settings'])) return content
  }
  throw new Error('it must be a JSON object with "parameters", or with "colors" and "settings"')
}

async function storeStyles(trx: Db, at: Date, files: readonly StyleFile[]): Promise<{ name: string; created: boolean }[]> {
  const owner = await trx
    .selectFrom('app_user')
    .select(['id', 'account_id', 'username'])
    .where('account_id', '=', (query) =>
      query.selectFrom('account').select('id').where('deleted_at', 'is', null).orderBy('id').limit(1),
    )
    .where('deleted_at', 'is', null)
    .orderBy('is_admin', 'desc')
    .orderBy('id')
    .executeTakeFirst()
  if (owner === undefined) throw new Error('there is no account yet')
  const changed: { name: string; created: boolean }[] = []
  for (const { name, digest, parameters } of files) {
    const known = await trx
      .selectFrom('style')
      .select(['id', 'provisioned_digest'])
      .where('account_id', '=', owner.account_id)
      .where('name', '=', name)
      .orderBy(sql`provisioned_digest is null`)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    if (known?.provisioned_digest === digest) continue
    const values = { parameters: JSON.stringify(parameters), provisioned_digest: digest, updated_at: at }
    if (known === undefined) {
      const created = { account_id: owner.account_id, user_id: owner.id, user_email: owner.username, name, created_at: at }
      await trx
        .insertInto('style')
        .values({ ...values, ...created })
        .execute()
    } else await trx.updateTable('style').set(values).where('id', '=', known.id).execute()
    changed.push({ name, created: known === undefined })
  }
  return changed
}
