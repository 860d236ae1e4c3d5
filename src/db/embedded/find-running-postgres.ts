import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readHome } from './choose-place.ts'
import { DATABASE, SUPERUSER } from './init-cluster.ts'
import { login, socketUrl } from './login.ts'
import { readPostmasterFile } from './postmaster-file.ts'

/**
 * The address of the embedded PostgreSQL that a running server keeps on this data directory; null when none runs there.
 *
 * @throws EmbeddedPostgresError when another server answers in its place.
 */
export async function findRunningPostgres(dataDir: string): Promise<string | null> {
  const folder = path.join(dataDir, 'postgres')
  const data = path.join(await readHome(folder), 'data')
  const socket = (await readPostmasterFile(data))?.socket
  const password = await readFile(path.join(folder, 'password'), 'utf8').catch(() => null)
  if (!socket || password === null) return null
  const found = await login(socketUrl(socket, SUPERUSER, password.trim(), DATABASE), data)
  if (typeof found === 'string') return null
  await found.client.end()
  return socketUrl(socket, SUPERUSER, password.trim(), DATABASE)
}
