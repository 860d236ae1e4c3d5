import { gunzipSync } from 'node:zlib'
import { duration, failuresOf, megabytes, quantile } from '../figure.ts'
import { coveredSpots } from '../measure/seeded-tiles.ts'
import type { Row } from './row.ts'

/** The list of all cells: the first answer, as a client gets it that takes gzip. */
export const cellList: Row = {
  name: 'cells',
  async measure(bench) {
    await bench.ask('/api/v1/cells')
    const answer = await bench.ask('/api/v1/cells')
    const coding = answer.headers['content-encoding']
    const plain = coding === 'gzip' ? gunzipSync(answer.body) : answer.body
    const { cells } = JSON.parse(plain.toString('utf8')) as { cells: unknown[] }
    const sent = `${megabytes(answer.body.length)} sent (${coding ?? 'not compressed'}), ${megabytes(plain.length)} of JSON`
    return [
      {
        what: '/api/v1/cells of the world, one answer',
        measured: `${answer.status}, ${cells.length} cells, ${duration(answer.milliseconds)}, ${sent}`,
        aim: 'pages or streams, gzip',
      },
    ]
  },
}

const QUERIES = 20

/** Features within 50 km of places on covered ground. */
export const encQuery: Row = {
  name: 'query',
  async measure(bench) {
    const spot = coveredSpots(bench.mirror, 600)
    const answers = []
    for (let i = 0; i <= QUERIES; i++) {
      const [longitude, latitude] = spot()
      const position = { longitude: longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude, latitude }
      const answer = await bench.ask('/api/v1/enc_query', { method: 'POST', json: { position, radius: 50_000, zoom: 12 } })
      // The first loads code.
      if (i > 0) answers.push(answer)
    }
    const times = answers.map(({ milliseconds }) => milliseconds)
    const sizes = answers.map(({ body }) => body.length)
    return [
      {
        what: `enc_query, 50 km, ${QUERIES} places`,
        measured: `p50 ${duration(quantile(times, 0.5))}, max ${duration(quantile(times, 1))}; p50 ${megabytes(quantile(sizes, 0.5))}, max ${megabytes(quantile(sizes, 1))} sent${failuresOf(answers)}`,
        aim: 'bounded in bytes',
      },
    ]
  },
}
