import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** npm could not reach the registry, and its cache lacks something. */
export class NoRegistryError extends Error {}

const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|_CERT|_SIGNATURE/
/** An installation of packages from npm's cache takes seconds. */
const MOST_MILLISECONDS = 180_000

/**
 * Runs npm on this Node, as on a machine that has no other, and returns its output.
 *
 * @throws NoRegistryError or Error with npm's message.
 */
export function runNpm(options: readonly string[], { cwd }: { cwd: string }): string {
  const quiet = ['--loglevel=error', '--no-update-notifier', '--no-audit', '--no-fund', '--fetch-retries=1']
  const run = spawnSync('npm', [...options, ...quiet], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    timeout: MOST_MILLISECONDS,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: onlyThisNode(),
  })
  if (run.status === 0) return run.stdout
  const reason = run.error?.message ?? (run.stderr.trim() || run.stdout.trim())
  const Kind = UNREACHABLE.test(reason) ? NoRegistryError : Error
  throw new Kind(`npm ${options[0]} failed: ${reason}`)
}

/** The environment that npm and the system need, without settings of Chartroom or of this checkout. */
const PASSED =
  /^(HOME|USER|LANG|TMPDIR|SystemRoot|APPDATA|npm_config_(?!local_prefix)\w+|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|(https?|no)_proxy)$/i

/** The environment of a machine on which `node` is this one. */
export function onlyThisNode(): Record<string, string> {
  const passed = Object.entries(process.env).filter(([name, value]) => PASSED.test(name) && value !== undefined)
  const env = Object.fromEntries(passed) as Record<string, string>
  return { ...env, PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}` }
}
