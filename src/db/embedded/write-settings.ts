import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Place, SOCKET_PORT } from './choose-place.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

export const SETTINGS_FILE = 'chartroom.conf'

/**
 * Writes the settings of the embedded server to a separate file that postgresql.conf includes, so that an operator's lines after
 * that include override them.
 *
 * @param settings names and values; they override our defaults, except those that keep the server private.
 * @returns whether an existing file changed.
 */
export async function writeSettings(place: Place, settings: Readonly<Record<string, string>>): Promise<boolean> {
  const lines = ['# Written by Chartroom at each start; settings of your own belong at the end of data/postgresql.conf.']
  const all = new Map<string, string>([
    ['max_connections', '100'],
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    ['lc_messages', 'C'],
    // A week of logs, each day's file overwritten a week later: a boat has no log rotation.
    ['logging_collector', 'on'],
    ['log_directory', '../log'],
    ['log_filename', 'postgres-%u.log'],
    ['log_truncate_on_rotation', 'on'],
    ['log_rotation_age', '1d'],
    ['log_rotation_size', '0'],
    ['log_checkpoints', 'off'],
    ...Object.entries(settings),
    // A list of folders: the inner quotes keep a comma in a path from splitting it.
    ['unix_socket_directories', `"${place.socket.replaceAll('"', '""')}"`],
    ['unix_socket_permissions', '0700'],
    ['port', String(SOCKET_PORT)],
    ['listen_addresses', ''],
  ])
  for (const [name, value] of all) {
    if (!/^[a-z][a-z0-9_.]*$/i.test(name) || /[\r\n\0]/.test(value)) {
      throw new EmbeddedPostgresError(`"${name} = ${value}" cannot be a setting of PostgreSQL`)
    }
    lines.push(`${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`)
  }
  const text = `${lines.join('\n')}\n`
  const file = path.join(place.home, SETTINGS_FILE)
  const before = await readFile(file, 'utf8').catch(() => null)
  if (before === text) return false
  await writeFile(`${file}.new`, text)
  // Contains no secret, and PostgreSQL's account must read it.
  await chmod(`${file}.new`, 0o644)
  await rename(`${file}.new`, file)
  return before !== null
}
