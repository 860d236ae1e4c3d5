import { access, constants, stat } from 'node:fs/promises'
import { codeOf, messageOf } from '#lib/errors.ts'
import { CliError, EXIT } from './exit-codes.ts'

/**
 * The size in bytes of a file that a command is to read.
 *
 * @param hint what to give instead of a folder.
 * @throws CliError for wrong usage that names the file, when it cannot be read.
 */
export async function readableSize(file: string, hint: string): Promise<number> {
  const info = await stat(file).catch((error: unknown) => unreadable(file, error))
  if (!info.isFile()) throw new CliError(EXIT.usage, `${file} is not a file. ${hint}`)
  await access(file, constants.R_OK).catch((error: unknown) => unreadable(file, error))
  return info.size
}

function unreadable(file: string, error: unknown): never {
  const reason = codeOf(error) === 'ENOENT' ? 'there is no such file' : messageOf(error)
  throw new CliError(EXIT.usage, `Cannot read ${file}: ${reason}.`)
}
