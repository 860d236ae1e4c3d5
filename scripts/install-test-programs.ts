// Installs the programs that some tests need beside Node (Chromium, nginx, OpenSSL, PgBouncer, and the S3 service of OpenStack Swift)
// on Debian and as root; `npm run ci` calls it first. Elsewhere, or without a network, it says what is missing: those tests are then skipped.
import { spawnSync } from 'node:child_process'

/** Debian packages by the program that shows whether they are installed. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  chromium: ['chromium'],
  nginx: ['nginx'],
  openssl: ['openssl'],
  pgbouncer: ['pgbouncer'],
  'swift-object-server': ['swift-proxy', 'swift-account', 'swift-container', 'swift-object'],
}
const MINUTES = 5

const isMissing = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status !== 0

const missing = Object.keys(PROGRAMS).filter(isMissing)
if (missing.length > 0 && process.getuid?.() === 0 && !isMissing('apt-get')) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const command of [
    ['update'],
    ['install', '--yes', '--no-install-recommends', ...missing.flatMap((program) => PROGRAMS[program] ?? [])],
  ]) {
    spawnSync('apt-get', ['-qq', ...command], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: environment,
      timeout: MINUTES * 60_000,
    })
  }
}
const still = missing.filter(isMissing)
if (still.length > 0) console.warn(`not installed, so their tests are skipped: ${still.join(', ')}`)
