import { sql } from 'kysely'
import { tileAt } from '#geo/tile-grid.ts'
import { placeOf } from '#reports/points/place.ts'
import { spreadOf } from '../scale/figure.ts'
import type { BenchServer } from './bench-server.ts'

const REPORTS = 100_000
const ROUNDS = 100
const WARM_UP = 20
/** Half of the reports lie around a harbour, a tenth of a degree across. */
const HARBOUR = { longitude: -80.7, latitude: 32.1 }

/** Fills the table with active reports (seeded) and times tiles of several zooms, as vector tiles and as GeoJSON. */
export async function timeTiles({ fixture, user }: BenchServer): Promise<void> {
  await fill({ fixture, user })
  console.log(`Tiles of ${REPORTS.toLocaleString('en-US')} active reports, half of them within 0.1 degrees; ${ROUNDS} rounds`)
  const tile = (z: number, ending: string) => {
    const { x, y } = tileAt(HARBOUR.longitude, HARBOUR.latitude, z)
    return `/api/v1/user-reports/tiles/${z}/${x}/${y}.${ending}`
  }
  const addresses = ['15 mvt', '13 mvt', '11 mvt', '15 json', '11 json', '6 json', '0 json'].map((text) => {
    const [z = '', ending = ''] = text.split(' ')
    return { name: `zoom ${z} ${ending}`, path: tile(Number(z), ending) }
  })
  for (const { name, path } of addresses) {
    const [times, reference]: [number[], number[]] = [[], []]
    let bytes = 0
    let processor = 0
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const began = performance.now()
      const before = process.cpuUsage()
      bytes = (await fixture.call('GET', path, { token: user.token })).text.length
      const answered = performance.now()
      const used = process.cpuUsage(before)
      await fixture.call('GET', '/api/portal/v1/auth/whoami', { token: user.token })
      if (round < WARM_UP) continue
      times.push(answered - began)
      processor += (used.user + used.system) / 1_000 / ROUNDS
      reference.push(performance.now() - answered)
    }
    console.log(
      `  ${name.padEnd(13)} ${spreadOf(times)}; ${(bytes / 1000).toFixed(0)} kB; processor ${processor.toFixed(1)} ms; whoami ${spreadOf(reference)}`,
    )
  }
}

async function fill({ fixture, user }: Pick<BenchServer, 'fixture' | 'user'>): Promise<void> {
  const random = seeded(7)
  const now = Date.now()
  for (let at = 0; at < REPORTS; at += 2_000) {
    const rows = Array.from({ length: 2_000 }, (_, i) => {
      const near = i % 2 === 0
      const longitude = near ? HARBOUR.longitude + (random() - 0.5) / 10 : random() * 360 - 180
      const latitude = near ? HARBOUR.latitude + (random() - 0.5) / 10 : random() * 160 - 80
      const created = new Date(now - 1_800_000 + (at + i) * 15)
      return {
        ...{ id: crypto.randomUUID(), account_id: user.accountId, user_id: user.userId, report_type: 'hazard' },
        ...{ latitude, longitude, place: placeOf(latitude, longitude), external_user_id: null },
        ...{ properties: '{"description":"A log adrift, a metre long"}', created_at: created, updated_at: created },
      }
    })
    await fixture.db.insertInto('user_report').values(rows).execute()
  }
  await sql`analyze user_report`.execute(fixture.db)
}

/** Numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
