import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { newToken } from '#lib/ids.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'
import { noCharts } from '../../test/s57/chart-files.ts'

/** A real server in a separate process that has indexed the charts of the walk. */
export interface BenchServer {
  /** The process since the last start. */
  readonly server: ServerProcess
  token: string
  /** Starts it again, `cold` without its cached tiles. */
  restart(options: { cold: boolean; environment?: Record<string, string> }): Promise<void>
  close(): Promise<void>
}

export async function startBenchServer(more: Record<string, string>): Promise<BenchServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-bench-tiles-'))
  const token = newToken()
  const environment = {
    DATA_DIR: path.join(folder, 'data'),
    PUBLIC_CHARTS_URL: await catalogueUrl(folder),
    PROVISIONING_DEFAULT_TOKEN: token,
    LOG_LEVEL: 'warn',
    ...more,
  }
  let server = await startServerProcess(environment)
  const bench: BenchServer = {
    get server() {
      return server
    },
    token,
    async restart({ cold, environment: other = {} }) {
      await server.end('SIGTERM')
      if (cold) await rm(path.join(environment.DATA_DIR, 'tiles'), { recursive: true, force: true })
      server = await startServerProcess({ ...environment, ...other })
    },
    async close() {
      await server.end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
  try {
    await refreshCharts(server)
    // A fresh process, because indexing takes memory that serving does not.
    await bench.restart({ cold: false })
  } catch (error) {
    await bench.close()
    throw error
  }
  return bench
}

async function catalogueUrl(folder: string): Promise<string> {
  if (noCharts === false) {
    return new URL('../../../shared/charts/noaa-mirror/day1/ENCProdCat.xml', import.meta.url).href
  }
  const mirror = path.join(folder, 'mirror')
  await writeDemoMirror(mirror)
  return pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href
}

/** Resident megabytes of the process; NaN where the system does not report them. */
export function megabytesOf({ child }: ServerProcess): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}
