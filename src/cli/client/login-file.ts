import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { codeOf, messageOf } from '#lib/errors.ts'
import { CliError, EXIT } from '../frame/exit-codes.ts'

/** What `chartroom login` remembers: a token is valid for its own server alone, so they are stored and used together. */
export interface StoredLogin {
  url: string
  token: string
  username: string
}

/** @returns null without a login. @throws CliError when the file cannot be used. */
export async function readLogin(file: string): Promise<StoredLogin | null> {
  try {
    const { url, token, username } = JSON.parse(await readFile(file, 'utf8')) as Partial<StoredLogin>
    if (typeof url !== 'string' || typeof token !== 'string') throw new Error('it holds no address and token')
    return { url, token, username: username ?? '' }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new CliError(EXIT.usage, `Cannot use ${file} (${messageOf(error)}). Delete it and run "chartroom login" again.`)
  }
}

/** Writes the file whole, readable by its owner alone, also where an older one was open to others. */
export async function writeLogin(file: string, login: StoredLogin): Promise<void> {
  const temporary = `${file}.${process.pid}`
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(temporary, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    await chmod(temporary, 0o600)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw new CliError(EXIT.failed, `Cannot write ${file} (${messageOf(error)}).`)
  }
}
