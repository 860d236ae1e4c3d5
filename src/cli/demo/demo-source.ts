import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { VERSION } from '#lib/version.ts'

export interface DemoSource {
  /** Values for PUBLIC_CHARTS_URL and PUBLIC_CHARTS_FILTER where the operator has set none. */
  environment: Record<string, string>
  /** The source, for people. */
  words: string
  /** Whether the charts are invented. */
  invented: boolean
}

const NOAA = 'https://www.charts.noaa.gov/ENCs/ENCProdCat.xml'
/** West, south, east, north around Savannah, Georgia: some twenty cells of all scales, a few megabytes. */
const SAVANNAH = '-81.3,31.7,-80.6,32.3'

/**
 * Chooses the source of the demo's charts: the operator's PUBLIC_CHARTS_URL, else NOAA's charts of the Savannah area, else, when NOAA
 * does not respond within a few seconds, an invented coast. Writes its choice to `out`.
 */
export async function chooseDemoSource(
  env: Readonly<Record<string, string | undefined>>,
  dataDir: string,
  out: NodeJS.WritableStream,
): Promise<DemoSource> {
  const own = env['PUBLIC_CHARTS_URL']
  if (own !== undefined && own !== '') return { environment: {}, words: own, invented: false }
  out.write(`Looking for NOAA's charts at ${new URL(NOAA).host} ...\n`)
  const reason = await unreachable(NOAA)
  if (reason === null) {
    const filter: Record<string, string> = env['PUBLIC_CHARTS_FILTER'] ? {} : { PUBLIC_CHARTS_FILTER: SAVANNAH }
    return {
      environment: { PUBLIC_CHARTS_URL: NOAA, ...filter },
      words: filter['PUBLIC_CHARTS_FILTER'] ? 'NOAA (the Savannah area)' : 'NOAA',
      invented: false,
    }
  }
  const folder = path.join(dataDir, 'demo-mirror')
  out.write(`NOAA is not reachable (${reason}).\nWriting an invented coast to ${folder} instead\n`)
  await mkdir(folder, { recursive: true })
  await writeDemoMirror(folder)
  return {
    // A filter for real charts would select none of these.
    environment: { PUBLIC_CHARTS_URL: pathToFileURL(path.join(folder, 'ENCProdCat.xml')).href, PUBLIC_CHARTS_FILTER: '' },
    words: 'an invented coast',
    invented: true,
  }
}

/** Returns why the address does not respond within five seconds; null when it does. */
async function unreachable(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'HEAD',
      signal: AbortSignal.timeout(5_000),
      headers: { 'user-agent': `Chartroom/${VERSION}` },
    })
    return response.ok ? null : `HTTP ${response.status}`
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if (cause instanceof Error && cause.name === 'TimeoutError') return 'no response within 5 seconds'
    return cause instanceof Error ? cause.message : String(cause)
  }
}
