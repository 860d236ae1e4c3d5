import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** npm could not reach the registry, and its cache has not all that is needed. */
export class NoRegistryError extends Error {}

const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/

/**
 * Runs npm on this Node, as on a machine that has no other, and returns its output.
 *
 * @throws NoRegistryError or Error with npm's message.
 */
export function runNpm(options: readonly string[], { cwd }: { cwd: string }): string {
  const quiet = ['--loglevel=error', '--no-update-notifier', '--no-audit', '--no-fund']
  const run = spawnSync('npm', [...options, ...quiet], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: onlyThisNode(),
  })
  if (run.status === 0) return run.stdout
  const reason = run.error?.message ?? (run.stderr.trim() || run.stdout.trim())
  const Kind = UNREACHABLE.test(reason) ? NoRegistryError : Error
  throw new Kind(`npm ${options[0]} failed: ${reason}`)
}

/** The environment of a machine on which `node` is this one. Settings of the npm that runs this script do not reach those it starts. */
export function onlyThisNode(): Record<string, string> {
  const env: Record<string, string> = {}
  for (const name of ['HOME', 'npm_config_cache', 'npm_config_registry', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return { ...env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}` }
}
