// Builds the web portal into portal/dist unless it was already built from these sources: `npm run build-portal`. The server runs this by
// itself when scripts/run.mjs finds that the build is missing or old. Exits with 1 and the reason when the build fails.
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { portalIsCurrent, portalStamp } from './portal-stamp.mjs'
import { takeTurn } from './take-turn.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const portal = path.join(root, 'portal')
const dist = path.join(portal, 'dist')

// Its exit releases the lock.
process.on('SIGTERM', () => process.exit(143))
try {
  if (!portalIsCurrent(root)) await buildInTurn()
} catch (error) {
  process.stderr.write(`${stripVTControlCharacters(reasonOf(error))}\n`)
  process.exitCode = 1
}

async function buildInTurn() {
  const release = await takeTurn(path.join(portal, '.build.lock'), 'building the portal', process.stdout)
  try {
    // Another process may have built it in the meantime.
    if (!portalIsCurrent(root)) await buildPortal()
  } finally {
    release()
  }
}

/** Builds beside the old files and then puts the new ones in their place, so that no process sees half a build. */
async function buildPortal() {
  // The database that starts at the same time goes first.
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL)
  const stamp = portalStamp(root)
  const next = path.join(portal, `dist-${process.pid}`)
  const old = path.join(portal, `dist-${process.pid}-old`)
  const { build } = await import('vite')
  removeUnfinished()
  try {
    await build({
      configFile: path.join(portal, 'vite.config.ts'),
      configLoader: 'native',
      logLevel: 'warn',
      build: { outDir: next },
    })
    writeFileSync(path.join(next, '.stamp'), stamp)
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(next, dist)
  } finally {
    removeUnfinished()
  }
}

/** Whoever holds the lock may remove what an earlier build left when it was killed. */
function removeUnfinished() {
  for (const name of readdirSync(portal).filter((each) => each.startsWith('dist-'))) {
    rmSync(path.join(portal, name), { recursive: true, force: true })
  }
}

function reasonOf(error) {
  if (error.code === 'ERR_MODULE_NOT_FOUND')
    return `${error.message}: the build needs the development dependencies, which npm ci installs without --omit=dev`
  return error.message
}
