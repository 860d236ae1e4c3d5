import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

/** Opens files until no further one can be, then calls a function of a module, and prints what it returns or the message of its error. */
const SCRIPT = `import { openSync } from 'node:fs'
const [address, name, given] = process.argv.slice(1)
const { [name]: call } = await import(address)
const { messageOf } = await import('#lib/errors.ts')
try { for (;;) openSync('/dev/null') } catch {}
try { console.log(JSON.stringify(await call(...JSON.parse(given)))) } catch (error) { console.log(messageOf(error)) }`

/**
 * Calls a function in a process that has no file descriptor left. @param file of its module. @param given its arguments, as JSON has them.
 *
 * @returns the message of its error, or its result as JSON.
 */
export function calledWithoutDescriptors(file: string, name: string, ...given: unknown[]): string {
  // The folder of this module is within the package, whose names the script imports.
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', SCRIPT]
  const command = ['-c', 'ulimit -n 100; exec "$0" "$@"', ...node, '--', pathToFileURL(file).href, name, JSON.stringify(given)]
  return execFileSync('/bin/sh', command, { encoding: 'utf8', cwd: import.meta.dirname }).trim()
}
