import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { tileAt } from '#geo/tile-grid.ts'
import { systemClock } from '#lib/clock.ts'
import { newId } from '#lib/ids.ts'
import type { StoredTrack } from '#reports/bathymetry/store-upload.ts'
import type { Track, TrackWithSoundings } from '#reports/bathymetry/track-record.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

// Crowdsourced soundings, as the documentation has them.

const now = Date.UTC(2026, 7, 15)
const fixture = await startFixture({ clock: { ...systemClock, now: () => now } })
after(() => fixture[Symbol.asyncDispose]())
const user = await addUser(fixture, 'user')
const foreign = await addUser(fixture, 'foreign')
const URL = '/api/v1/user-reports/bathymetry'
const NOON = Date.UTC(2026, 7, 14, 12)
const MINUTE = 60_000

const sounding = (time: unknown, depth = 5, longitude = -80.7, latitude = 32.1) => ({ latitude, longitude, depth, time })
const send = (json: unknown, token = user.token) => fixture.call('POST', URL, { token, json })
const sent = async (json: object, token = user.token) => {
  const answer = await send(json, token)
  assert.equal(answer.status, 201, answer.text)
  return answer.body as { tracks: StoredTrack[]; totalPoints: number }
}
const track = async (id: string) => (await fixture.call('GET', `${URL}/${id}`, { token: user.token })).body as TrackWithSoundings

test('soundings are answered with 201 and their track, which can be read again with its metadata', async () => {
  const platform = { uniqueId: 'VESSEL-1', name: 'Sea Otter', type: 'sailing' }
  const providerContactPoint = { orgName: 'Otters', logger: 'log-o-matic', loggerVersion: '2' }
  const soundings = [sounding(NOON, 4, -80.7), sounding(NOON + MINUTE, 6, -80.699)]
  const { tracks, totalPoints } = await sent({ soundings, platform, providerContactPoint, convention: 'CSB 2.0' })
  const [made, ...others] = tracks
  assert.deepEqual([totalPoints, others], [2, []])
  assert.ok(made !== undefined)
  assert.match(made.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  assert.deepEqual(made, { id: made.id, pointCount: 2, startTime: NOON, endTime: NOON + MINUTE, merged: false })
  const { metadata, ...rest } = await track(made.id)
  assert.deepEqual(rest, {
    ...{ id: made.id, platform, externalUserId: null, namespace: 'public', pointCount: 2 },
    ...{ startTime: NOON, endTime: NOON + MINUTE, createdAt: now, updatedAt: now, soundings },
  })
  const { length_m, ...labels } = metadata
  assert.deepEqual(labels, {
    ...{ providerContactPoint, depthUnits: 'meters', timeUnits: 'ISO 8601', convention: 'CSB 2.0' },
    ...{ min_depth: 4, max_depth: 6 },
  })
  // A thousandth of a degree of longitude at latitude 32.1 is 94.4 m on WGS 84.
  assert.ok(Math.abs(length_m - 94.4) < 0.2, `${length_m}`)
})

for (const [what, time, expected] of [
  ['ISO 8601 in UTC', '2026-08-14T12:00:00Z', NOON],
  ['ISO 8601 with milliseconds', '2026-08-14T12:00:00.250Z', NOON + 250],
  ['ISO 8601 with an offset', '2026-08-14T14:30:00+02:30', NOON],
  ['ISO 8601 with a short offset', '2026-08-14T07:00-05', NOON],
  ['ISO 8601 without an offset', '2026-08-14T12:00:00', NOON],
  ['milliseconds as a number', NOON, NOON],
  ['milliseconds in digits', String(NOON), NOON],
  ['the first moment of 1970', 0, 0],
] as const) {
  test(`the time of a sounding may be ${what}`, async () => {
    const { tracks } = await sent({ soundings: [sounding(time)] })
    assert.equal(tracks[0]?.startTime, expected)
  })
}

for (const [what, wrong] of Object.entries({
  'a time in the future': { time: now + 3_600_000 },
  'a time before 1970': { time: '1969-12-31T23:59:59Z' },
  'a time that is no time': { time: 'yesterday' },
  'a day that does not exist': { time: '2026-02-30T12:00:00Z' },
  'a date alone': { time: '2026-08-14' },
  'no time': { time: undefined },
  'a depth in a string': { depth: '5' },
  'a depth that is NaN, which JSON writes as null': { depth: Number.NaN },
  'a latitude in a string': { latitude: '32.1' },
  'a longitude that is a list': { longitude: [2] },
  'a time that is NaN, which JSON writes as null': { time: Number.NaN },
  'a time far in the future': { time: '9999-12-31T23:59:59Z' },
  'a latitude beyond the pole': { latitude: -91 },
  'a longitude beyond the antimeridian': { longitude: 181 },
})) {
  test(`a sounding with ${what} is refused by its place in the list`, async () => {
    const soundings = [sounding(NOON), { ...sounding(NOON), ...wrong }]
    const problem = assertProblem(await send({ soundings }), 400, 'VALIDATION_FAILED')
    assert.deepEqual(
      problem.errors?.map(({ field }) => field),
      [`/soundings/1/${Object.keys(wrong)[0]}`],
    )
  })
}

for (const [what, json] of Object.entries({
  'without soundings': {},
  'with an empty list of soundings': { soundings: [] },
  'with soundings that are no list': { soundings: {} },
  'with a sounding that is no object': { soundings: [7] },
  'in feet': { soundings: [sounding(NOON)], depthUnits: 'feet' },
  'with a platform that is a text': { soundings: [sounding(NOON)], platform: 'Sea Otter' },
  'that is a list': [sounding(NOON)],
})) {
  test(`an upload ${what} is refused`, async () => {
    assertProblem(await send(json), 400, 'VALIDATION_FAILED')
  })
}

test('a label of a megabyte is refused with its limit', async () => {
  const json = { soundings: [sounding(NOON)], platform: { name: 'x'.repeat(1_000_000) } }
  const { detail } = assertProblem(await send(json), 400, 'VALIDATION_FAILED')
  assert.match(detail, /platform\/name must have at most \d+ characters/)
})

test('numbers that are no JSON, or too large for a number, are refused', async () => {
  const raw = (depth: string) => {
    const body = `{"soundings":[{"latitude":1,"longitude":2,"depth":${depth},"time":${NOON}}]}`
    return fixture.call('POST', URL, { token: user.token, body, headers: { 'content-type': 'application/json' } })
  }
  assertProblem(await raw('NaN'), 400, 'INVALID_JSON')
  assertProblem(await raw('1e999'), 400, 'VALIDATION_FAILED')
})

test('soundings at the poles and on the antimeridian are accepted and read back as they were', async () => {
  const soundings = [
    [180, 90],
    [-180, -90],
    [180, 0],
    // Each is a separate track, so that no line of this test is in the tiles of another.
  ].map(([longitude, latitude], i) => sounding(NOON + i * 6 * MINUTE, 5, longitude, latitude))
  const { tracks } = await sent({ soundings })
  const read = await Promise.all(tracks.map(({ id }) => track(id)))
  assert.deepEqual(
    read.flatMap((each) => each.soundings),
    soundings,
  )
})

test('the id of a track is not a report, and the id of a report is not a track', async () => {
  const { token } = user
  const [made] = (await sent({ soundings: [sounding(NOON)] })).tracks
  const report = { reportType: 'hazard', position: { latitude: 1, longitude: 2 } }
  const created = await fixture.call('POST', '/api/v1/user-reports', { token, json: report })
  const { id } = created.body as { id: string }
  assertProblem(await fixture.call('GET', `${URL}/${id}`, { token }), 404, 'TRACK_NOT_FOUND')
  const address = `/api/v1/user-reports/${made?.id}`
  assertProblem(await fixture.call('POST', `${address}/votes`, { token, json: { vote: 'valid' } }), 404, 'REPORT_NOT_FOUND')
  assertProblem(await fixture.call('DELETE', address, { token }), 404, 'REPORT_NOT_FOUND')
  assertProblem(await fixture.call('DELETE', '/api/v1/user-reports/bathymetry', { token }), 400, 'VALIDATION_FAILED')
  const again = { ...report, id: made?.id }
  const refused = assertProblem(
    await fixture.call('POST', '/api/v1/user-reports', { token, json: again }),
    400,
    'VALIDATION_FAILED',
  )
  assert.match(refused.detail, /id must be a UUID of version 4/)
  assert.equal((await fixture.call('GET', `${URL}/${made?.id}`, { token })).status, 200)
})

test('an upload must be JSON, and needs a token', async () => {
  const body = (text: string | Uint8Array<ArrayBuffer>, headers = { 'content-type': 'application/json' }) =>
    fixture.call('POST', URL, { token: user.token, body: text, headers })
  assertProblem(await body('{"soundings":['), 400, 'INVALID_JSON')
  assertProblem(await body(new Uint8Array([0xff, 0xfe])), 400, 'INVALID_JSON')
  assertProblem(await body('x', { 'content-type': 'text/csv' }), 415, 'UNSUPPORTED_MEDIA_TYPE')
  assertProblem(await fixture.call('POST', URL, { json: { soundings: [sounding(NOON)] } }), 401, 'TOKEN_MISSING')
})

test('50,001 soundings are refused with 413', async () => {
  const soundings = Array.from({ length: 50_001 }, (_, i) => sounding(NOON + i))
  assertProblem(await send({ soundings }), 413, 'TOO_MANY_SOUNDINGS')
})

test('50,000 soundings become tracks of at most 256 KiB without a loss', async () => {
  const soundings = Array.from({ length: 50_000 }, (_, i) => sounding(NOON + i, i / 1_000, -80 + i / 100_000))
  const { tracks, totalPoints } = await sent({ soundings })
  assert.equal(totalPoints, 50_000)
  assert.equal(
    tracks.reduce((sum, { pointCount }) => sum + pointCount, 0),
    50_000,
  )
  for (const { pointCount } of tracks) assert.ok(pointCount * 32 <= 262_144, `${pointCount}`)
  const read = (await Promise.all(tracks.map(({ id }) => track(id)))).flatMap((each) => each.soundings)
  assert.deepEqual(read, soundings)
})

test('soundings are sorted by time, those of one time stay in order, and a gap of more than five minutes begins a track', async () => {
  const times = [NOON + 10 * MINUTE + 1, NOON, NOON + 5 * MINUTE, NOON]
  const { tracks } = await sent({ soundings: times.map((time, i) => sounding(time, i)) })
  assert.deepEqual(
    tracks.map(({ pointCount, startTime }) => [pointCount, startTime]),
    [
      [3, NOON],
      [1, NOON + 10 * MINUTE + 1],
    ],
  )
  const depths = (await track(tracks[0]?.id ?? '')).soundings.map(({ depth }) => depth)
  assert.deepEqual(depths, [1, 3, 2])
})

test('an upload continues the open track of the same user and platform', async () => {
  const platform = { uniqueId: 'VESSEL-2' }
  const upload = async (minute: number, rest: object = {}, token = user.token) => {
    const soundings = [sounding(NOON + minute * MINUTE, minute, -80 + minute / 1_000)]
    const [made] = (await sent({ soundings, platform, ...rest }, token)).tracks
    assert.ok(made !== undefined)
    return made
  }
  const first = await upload(0)
  const second = await upload(5)
  assert.deepEqual(second, { ...first, pointCount: 2, endTime: NOON + 5 * MINUTE, merged: true })
  assert.equal((await upload(7, { platform: { uniqueId: 'VESSEL-3' } })).merged, false)
  assert.equal((await upload(7, { platform: {} })).merged, false)
  assert.equal((await upload(7, {}, foreign.token)).merged, false)
  assert.equal((await upload(7, { externalUserId: 'guest' })).merged, false)
  assert.equal((await upload(11)).merged, false, 'beyond the gap')
  assert.equal((await upload(4)).merged, false, 'before the end of the track')
  const { soundings, metadata } = await track(first.id)
  assert.deepEqual(
    soundings.map(({ depth }) => depth),
    [0, 5],
  )
  assert.deepEqual([metadata.min_depth, metadata.max_depth], [0, 5])
  assert.ok(Math.abs(metadata.length_m - 472) < 2, `${metadata.length_m}`)
})

test('a track that many uploads continue, beyond several pieces and at once, keeps every sounding in order', async () => {
  const platform = { uniqueId: 'VESSEL-4' }
  const all = Array.from({ length: 1_300 }, (_, i) => sounding(NOON + i * 1_000, i / 10, -81 + i / 10_000))
  const ids = new Set<string>()
  let at = 0
  for (const count of [1, 255, 1, 1, 254, 300, 488]) {
    for (const { id } of (await sent({ soundings: all.slice(at, at + count), platform })).tracks) ids.add(id)
    at += count
  }
  assert.equal(ids.size, 1)
  assert.deepEqual((await track([...ids][0] ?? '')).soundings, all)
  const late = all.map(({ time, ...rest }) => ({ ...rest, time: Number(time) + 86_400_000 / 4 }))
  await Promise.all([1, 2, 3, 4].map(() => sent({ soundings: [late[0]], platform: { uniqueId: 'VESSEL-5' } })))
  const { tracks } = await sent({ soundings: late.slice(1, 2), platform: { uniqueId: 'VESSEL-5' } })
  assert.equal(tracks[0]?.merged, true)
})

test('an open track takes soundings up to its limit of size, and the others begin a new one', async () => {
  const platform = { uniqueId: 'VESSEL-6' }
  const soundings = Array.from({ length: 8_200 }, (_, i) => sounding(NOON + i, i / 1_000))
  const [first] = (await sent({ soundings: soundings.slice(0, 8_180), platform })).tracks
  const { tracks } = await sent({ soundings: soundings.slice(8_180), platform })
  assert.deepEqual(
    tracks.map(({ id, merged }) => [id === first?.id, merged]),
    [
      [true, true],
      [false, false],
    ],
  )
  const read = (await Promise.all(tracks.map(({ id }) => track(id)))).map((each) => each.soundings)
  assert.ok((read[0]?.length ?? 0) * 32 <= 262_144)
  assert.deepEqual(read.flat(), soundings)
})

test('the list has the tracks of all users, newest first, without soundings', async () => {
  const list = async (query: string) =>
    (await fixture.call('GET', `${URL}${query}`, { token: foreign.token })).body as {
      tracks: Track[]
      total: number
      limit: number
      offset: number
    }
  const all = await list('')
  assert.deepEqual([all.limit, all.offset], [50, 0])
  assert.ok(all.total >= all.tracks.length && all.tracks.length > 5)
  assert.ok(all.tracks.every((each) => !('soundings' in each)))
  const ids = all.tracks.map(({ id }) => id)
  assert.deepEqual(ids, ids.toSorted().toReversed(), 'version 7 grows with time')
  assert.deepEqual(
    (await list('?limit=2&offset=1')).tracks.map(({ id }) => id),
    ids.slice(1, 3),
  )
  assert.equal((await list('?limit=201')).limit, 200)
  assertProblem(await fixture.call('GET', `${URL}?limit=0`, { token: user.token }), 400, 'VALIDATION_FAILED')
  assertProblem(await fixture.call('GET', URL), 401, 'TOKEN_MISSING')
})

test('a track needs an id that exists', async () => {
  const get = (id: string) => fixture.call('GET', `${URL}/${id}`, { token: user.token })
  assertProblem(await get(newId()), 404, 'TRACK_NOT_FOUND')
  assertProblem(await get('seven'), 400, 'VALIDATION_FAILED')
  assertProblem(await fixture.call('GET', `${URL}/${newId()}`), 401, 'TOKEN_MISSING')
})

async function lines(longitude: number, latitude: number, z: number, query = '?includeBathymetry=true') {
  const { x, y } = tileAt(longitude, latitude, z)
  const headers = { authorization: `Bearer ${user.token}` }
  const response = await fetch(`${fixture.origin}/api/v1/user-reports/tiles/${z}/${x}/${y}.mvt${query}`, { headers })
  const layer = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers['user_reported_bathymetry']
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i))
}

test('vector tiles have a line between soundings with its least depth, from zoom 11 on and on request', async () => {
  const platform = { uniqueId: 'VESSEL-7', name: 'Sea Otter' }
  const soundings = [7, 5, 9].map((depth, i) => sounding(NOON + i * MINUTE, depth, 10 + i / 1_000, 50))
  await sent({ soundings, platform })
  const found = await lines(10, 50, 13)
  assert.deepEqual(
    found.map((feature) => [feature?.type, feature?.properties['depth']]),
    [
      [2, 5],
      [2, 5],
    ],
  )
  const { depth: _depth, length_m, ...rest } = found[0]?.properties ?? {}
  assert.ok(typeof length_m === 'number' && length_m > 140 && length_m < 146, `${length_m}`)
  assert.deepEqual(rest, {
    ...{ platform_name: 'Sea Otter', start_time: NOON, end_time: NOON + 2 * MINUTE, created_at: now },
    ...{ point_count: 3, min_depth: 5, max_depth: 9 },
  })
  assert.equal((await lines(10, 50, 11)).length, 2)
  assert.equal((await lines(10, 50, 10)).length, 0)
  assert.equal((await lines(10, 50, 13, '')).length, 0)
})

test('a track across the antimeridian is drawn on both sides and nowhere else', async () => {
  const soundings = [179.999, -179.999].map((longitude, i) => sounding(NOON + i * MINUTE, 3, longitude, 10))
  await sent({ soundings })
  for (const longitude of [179.999, -179.999]) assert.equal((await lines(longitude, 10, 12)).length, 1, `${longitude}`)
  assert.equal((await lines(0, 10, 11)).length, 0)
})
