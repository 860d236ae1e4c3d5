import os from 'node:os'
import path from 'node:path'
import type { Environment } from './settings-reader.ts'

/** What the commands that talk to a server take from the environment. */
export interface ClientSettings {
  /** CHARTROOM_URL as given, or null. */
  url: string | null
  /** CHARTROOM_TOKEN, or null. */
  token: string | null
  /** The file that `chartroom login` writes, as an absolute path. */
  loginFile: string
}

/** Reads the settings of the command line's client; an empty variable counts as unset. */
export function loadClientSettings(env: Environment): ClientSettings {
  const read = (name: string) => env[name]?.trim() || null
  const appData = process.platform === 'win32' ? read('APPDATA') : null
  const folder = read('XDG_CONFIG_HOME') ?? appData ?? path.join(read('HOME') ?? os.homedir(), '.config')
  return {
    url: read('CHARTROOM_URL'),
    token: read('CHARTROOM_TOKEN'),
    loginFile: path.resolve(folder, 'chartroom', 'login.json'),
  }
}
