import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { readPortalFiles } from '#http/portal-app/portal-files.ts'
import type { PortalState } from '#http/portal-app/portal-state.ts'
import { messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Megabytes of JavaScript heap for the build; the bundler needs about 200 MB more. */
const BUILD_HEAP_MEGABYTES = 512
/** How much of the end of the build's error output is kept. */
const MOST_REASON_CHARACTERS = 2_000

export interface PortalBuild {
  /** Script that builds `folder`, run by this Node. */
  script: string
  folder: string
}

const BUILD: PortalBuild = { script: path.join(ROOT, 'scripts/build-portal.mjs'), folder: path.join(ROOT, 'portal/dist') }

/**
 * Reads the portal's files, or builds them first, in a child process that ends with this one. Nothing waits for it: until the state is
 * `ready`, a small page stands in for the portal. A failure is logged and leaves everything else working.
 *
 * @param isStale whether to build: there are no files, or their sources have changed.
 * @returns the state now; it changes at most twice.
 */
export function composePortal(isStale: boolean, log: Log, closing: AsyncDisposableStack, build = BUILD): () => PortalState {
  let state: PortalState = { kind: isStale ? 'building' : 'absent' }
  const stopping = new AbortController()
  const work = (async () => {
    try {
      if (isStale) await runBuild(build.script, log, stopping.signal)
      const files = await readPortalFiles(build.folder)
      if (files !== null) state = { kind: 'ready', files }
      else if (isStale) throw new Error(`the build left no page in ${build.folder}`)
    } catch (error) {
      state = { kind: 'failed' }
      if (!stopping.signal.aborted) log.error(`the portal could not be built: ${messageOf(error)}`)
    }
  })()
  closing.defer(async () => {
    stopping.abort()
    await work
  })
  return () => state
}

/** @throws Error with the end of the script's error output. */
async function runBuild(script: string, log: Log, signal: AbortSignal): Promise<void> {
  const started = performance.now()
  log.info('building the portal, once for this version')
  // Without the environment of the server: variables of the operator must not change the build, nor get into it.
  const child = spawn(process.execPath, [`--max-old-space-size=${BUILD_HEAP_MEGABYTES}`, script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { NODE_ENV: 'production' },
    signal,
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-MOST_REASON_CHARACTERS)
  })
  const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  if (code !== 0) throw new Error(errors.trim() || `its process ended with ${killedBy ?? `exit code ${code}`}`)
  log.info({ milliseconds: Math.round(performance.now() - started) }, 'the portal is ready')
}
