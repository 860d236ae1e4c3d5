import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'
import { readHome } from './choose-place.ts'
import { DATABASE, SUPERUSER } from './init-cluster.ts'
import { login, socketUrl } from './login.ts'
import { readPostmasterFile } from './postmaster-file.ts'

/** What is known of the embedded PostgreSQL of a data directory without touching it. */
export type FoundPostgres =
  | { state: 'none' }
  | { state: 'stopped' }
  /** `url` is the address of its database `chartroom`. */
  | { state: 'running'; url: string; version: string }

/**
 * Looks for the embedded PostgreSQL of a data directory; starts and changes nothing.
 *
 * @param dataDir absolute path.
 * @throws EmbeddedPostgresError when it refuses our password; an Error when its files cannot be read.
 */
export async function findRunningPostgres(dataDir: string): Promise<FoundPostgres> {
  const folder = path.join(dataDir, 'postgres')
  const data = path.join(await readHome(folder), 'data')
  const version = await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(absent)
  if (version === null) return { state: 'none' }
  const password = await readFile(path.join(folder, 'password'), 'utf8').catch(absent)
  const file = await readPostmasterFile(data)
  if (file === null || file.socket === '' || password === null) return { state: 'stopped' }
  const url = socketUrl(file.socket, SUPERUSER, password.trim(), DATABASE)
  const found = await login(url, data)
  if (typeof found === 'string') return { state: 'stopped' }
  await found.client.end().catch(() => undefined)
  return { state: 'running', url, version: found.version }
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
  throw error
}
