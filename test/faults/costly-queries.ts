import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { refreshCharts } from '#test/refresh-charts.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer, type RawAnswer } from './fault-server.ts'

const QUERIES = 100
const TILE_MILLISECONDS = 10_000
/** Tiles over the invented coast, of several zooms. */
const TILES = ['6/25/23', '7/51/47', '8/103/94', '9/206/188']

export const costlyQueries: FaultCase = {
  name: 'costly-queries',
  title: `${QUERIES} queries of 50 km at once are admitted or refused with a time to come back, and tiles are drawn meanwhile`,
  async run(context) {
    const folder = path.join(context.folder, 'mirror')
    await writeDemoMirror(folder)
    const environment = { PUBLIC_CHARTS_URL: pathToFileURL(path.join(folder, 'ENCProdCat.xml')).href, TILE_CACHE_MAX_BYTES: '0' }
    return await attackServer(context, environment, async (server, broken) => {
      await refreshCharts(server)
      const body = JSON.stringify({ position: { longitude: -34.92, latitude: 42.95 }, radius: 50_000, zoom: 14 })
      const headers = { 'content-type': 'application/json' }
      const options = { body, headers, timeout: 180_000 }
      const failed = (error: Error): Error => error
      const queries = Array.from({ length: QUERIES }, () => server.send('POST', '/api/v1/enc_query', options).catch(failed))
      let isAsking = true
      const all = Promise.all(queries).finally(() => {
        isAsking = false
      })
      const drawn: (RawAnswer | Error)[] = []
      do {
        const tiles = TILES.map((tile) =>
          server.send('GET', `/api/v2/tiles/enc-v2/${tile}.mvt`, { timeout: 120_000 }).catch(failed),
        )
        drawn.push(...(await Promise.all(tiles)))
      } while (isAsking)
      const answered = await all
      const undrawn = drawn.filter((each) => each instanceof Error || each.status !== 200)
      if (undrawn.length > 0) broken.push(`${undrawn.length} tiles failed: ${statusesOf(undrawn)}`)
      const wrong = answered.filter((each) => each instanceof Error || !isAnswerOrRefusal(each))
      if (wrong.length > 0) broken.push(`${wrong.length} queries failed: ${statusesOf(wrong)}`)
      if (!answered.some((each) => !(each instanceof Error) && each.status === 200)) broken.push('no query was answered')
      const slowest = Math.max(...drawn.map((each) => (each instanceof Error ? 0 : each.milliseconds)))
      if (slowest > TILE_MILLISECONDS) broken.push(`a tile took ${Math.round(slowest)} ms`)
      return `queries ${statusesOf(answered)}; tiles ${statusesOf(drawn)}, the slowest in ${Math.round(slowest)} ms`
    })
  },
}

/** An answer, or a refusal that says when to come back. */
function isAnswerOrRefusal({ status, headers }: RawAnswer): boolean {
  return status === 200 || ((status === 429 || status === 503) && headers['retry-after'] !== undefined)
}

/** Such as `97 x 200, 3 x 503`. */
function statusesOf(answers: readonly (RawAnswer | Error)[]): string {
  const groups = Object.groupBy(answers, (each) => (each instanceof Error ? each.message : String(each.status)))
  return Object.entries(groups)
    .map(([status, of]) => `${of?.length} x ${status}`)
    .join(', ')
}
