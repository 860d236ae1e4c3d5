import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { silentLog } from '#lib/log.ts'

export interface TestServer {
  /** Address of the maintenance database `postgres`, as a superuser. */
  url: string
  stop(): Promise<void>
}

// The data need not survive a power cut.
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '64MB',
}

/** Returns the PostgreSQL for one run of the tests: that of TEST_DATABASE_URL, else an embedded one in a temporary folder. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, stop: async () => undefined }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chartroom-test-'))
  // When started as root, PostgreSQL runs under another account, which must be able to enter.
  await chmod(folder, 0o755)
  const guard = cleanUpAfterDeath(folder)
  const server = await startEmbeddedPostgres({ dataDir: folder, settings: SETTINGS, runAs: null, log: silentLog() }).catch(
    async (error) => {
      guard.dismiss()
      await rm(folder, { recursive: true, force: true })
      throw error
    },
  )
  return {
    url: server.url.replace('/chartroom?', '/postgres?'),
    async stop() {
      await server.stop()
      guard.dismiss()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Starts a shell that waits for the end of this process and cleans up, so that a killed run leaves no server behind. */
function cleanUpAfterDeath(folder: string): { dismiss(): void } {
  const script = `read -r word && exit 0
    pid=$(head -n 1 "$0/postgres/data/postmaster.pid" 2>/dev/null) && kill -INT "$pid"
    for i in 1 2 3 4 5 6 7 8 9 10; do [ -e "$0/postgres/data/postmaster.pid" ] || break; sleep 1; done
    rm -rf -- "$0"`
  const shell = spawn('/bin/sh', ['-c', script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  shell.unref()
  return { dismiss: () => shell.stdin.end('done\n') }
}
