import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { type PortalFiles, readPortalFiles } from '#http/portal-app/portal-files.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Builds `portal/dist` unless it is current, which takes seconds once; a server that starts from now on serves it. */
export function buildPortal(): void {
  execFileSync(process.execPath, ['--max-old-space-size=512', path.join(root, 'scripts/build-portal.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { NODE_ENV: 'production' },
  })
}

/** Builds the portal unless it is current, and reads its files, for a server within the test. */
export async function builtPortal(): Promise<PortalFiles> {
  buildPortal()
  const files = await readPortalFiles(path.join(root, 'portal/dist'))
  if (files === null) throw new Error('the build left no page')
  return files
}
