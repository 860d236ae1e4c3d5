import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { addUser, type Fixture, startFixture } from '../http/server-fixture.ts'

let fixture: Fixture
let token: string

before(async () => {
  fixture = await startFixture()
  for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
  token = await fixture.adminSession()
})
after(() => fixture[Symbol.asyncDispose]())

interface Profile {
  length: number
  samples: {
    distance: number
    until: number
    position: [number, number]
    shoalest: number | null
    deepest: number | null
    unknowns: string[]
    source: { cell: string; scale: number; quality: string | null } | null
  }[]
  dangers: { words: string; distance: number; offset: number; depth: number | null }[]
  gaps: { from: number; to: number; reason: string }[]
  shoalest: { depth: number } | null
}

async function ask(
  body: unknown,
  as = token,
): Promise<{ status: number; profile: Profile; problem: { code: string; detail: string } }> {
  const { status, body: answer } = await fixture.call('POST', '/api/v1/depth_query', { token: as, json: body })
  return { status, profile: answer as Profile, problem: answer as { code: string; detail: string } }
}

const across: [number, number][] = [
  [-34.99, 42.925],
  [-34.85, 42.968],
]

test('a line across harbour cells has contiguous samples from the finest charts, and the shoalest of them', async () => {
  const { status, profile } = await ask({ line: across, withinMetres: 100 })
  assert.equal(status, 200)
  assert.ok(profile.samples.length >= 400, `${profile.samples.length}`)
  assert.equal(profile.samples[0]?.distance, 0)
  assert.equal(profile.samples.at(-1)?.until, profile.length)
  for (const [i, sample] of profile.samples.entries()) {
    if (i > 0) assert.equal(sample.distance, profile.samples[i - 1]?.until)
    if (sample.shoalest !== null && sample.deepest !== null) assert.ok(sample.shoalest <= sample.deepest)
  }
  const cells = new Set(profile.samples.map(({ source }) => source?.cell))
  assert.ok(cells.has('XX5DEMOA') && cells.has('XX5DEMOB'), [...cells].join())
  assert.ok(profile.samples.some(({ source }) => source?.quality !== null))
  const depths = profile.samples.flatMap(({ shoalest }) => shoalest ?? [])
  assert.equal(profile.shoalest?.depth, Math.min(...depths))
})

test('a wider distance finds the same depth or less, and no fewer dangers', async () => {
  const { profile: narrow } = await ask({ line: across, withinMetres: 0 })
  const { profile: wide } = await ask({ line: across, withinMetres: 1_500 })
  for (const [i, { shoalest }] of narrow.samples.entries()) {
    if (shoalest !== null) assert.ok((wide.samples[i]?.shoalest ?? Infinity) <= shoalest)
  }
  assert.ok(wide.dangers.length > 0 && wide.dangers.length >= narrow.dangers.length)
  for (const danger of wide.dangers) {
    assert.ok(danger.offset <= 1_500 && danger.distance >= 0 && danger.distance <= wide.length)
    assert.match(danger.words, /\.$|”\.$/)
  }
  const order = wide.dangers.map(({ distance }) => distance)
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  )
})

test('a position has one sample of length 0, with 50 metres unless stated', async () => {
  const position = { longitude: -34.9575, latitude: 42.9475 }
  const { profile } = await ask({ position })
  assert.equal(profile.samples.length, 1)
  assert.equal(profile.length, 0)
  assert.deepEqual(profile.samples[0]?.position, [position.longitude, position.latitude])
  assert.deepEqual((await ask({ position, withinMetres: 50 })).profile, profile)
})

test('ground without a chart is a gap, also across the antimeridian', async () => {
  const { profile } = await ask({
    line: [
      [179.9, 10],
      [-179.9, 10],
    ],
  })
  assert.ok(profile.length < 25_000, `${profile.length}: the shorter way around`)
  assert.deepEqual(profile.gaps, [{ from: 0, to: profile.length, reason: 'noChart' }])
  assert.equal(profile.shoalest, null)
  assert.ok(profile.samples.every(({ shoalest, deepest, source }) => shoalest === null && deepest === null && source === null))
})

const box = (west: number, south: number, east: number, north: number): [number, number][] => [
  [west, south],
  [west, north],
  [east, north],
  [east, south],
  [west, south],
]

test('land on the way is a gap as land, and a chart of another account is never used', async () => {
  const area = (objectClass: string, ring: [number, number][], attributes: Record<string, string>): FeatureSpec => ({
    objectClass,
    geometry: { type: 'Polygon', coordinates: [ring] },
    attributes,
  })
  const bytes = writeCell({
    name: 'XX5OWNAA',
    usageBand: 5,
    compilationScale: 5_000,
    dataLimit: [20, 40, 20.03, 40.01],
    features: [
      area('DEPARE', box(20, 40, 20.01, 40.01), { DRVAL1: '5', DRVAL2: '8' }),
      area('LNDARE', box(20.01, 40, 20.02, 40.01), {}),
      area('DEPARE', box(20.02, 40, 20.03, 40.01), { DRVAL1: '2', DRVAL2: '5' }),
      area('M_COVR', box(20, 40, 20.03, 40.01), { CATCOV: '1' }),
    ],
  })
  const owner = await fixture.db.selectFrom('account').select('id').executeTakeFirstOrThrow()
  await showCell(fixture.db, fixture.tiles, prepareCell([{ name: 'XX5OWNAA.000', bytes }]), owner.id)
  const line = [
    [20.002, 40.005],
    [20.028, 40.005],
  ]
  const { profile } = await ask({ line, withinMetres: 1 })
  assert.deepEqual(
    profile.gaps.map(({ reason }) => reason),
    ['land'],
  )
  const [gap] = profile.gaps
  assert.ok(Math.abs((gap?.to ?? 0) - (gap?.from ?? 0) - 854) < 3, `${gap?.from} to ${gap?.to}`)
  assert.equal(profile.samples[0]?.shoalest, 5)
  assert.equal(profile.samples[0]?.deepest, 8)
  assert.equal(profile.samples.at(-1)?.shoalest, 2)
  const stranger = await addUser(fixture, 'other harbour')
  const { profile: theirs } = await ask({ line, withinMetres: 1 }, stranger.token)
  assert.equal(theirs.shoalest, null)
  assert.deepEqual(
    theirs.gaps.map(({ reason }) => reason),
    ['noChart'],
  )
})

const position = { longitude: 0, latitude: 0 }
const points = (count: number) => Array.from({ length: count }, (_, i) => [i / 10_000, 0])
for (const [what, body, says] of [
  ['neither line nor position', {}, /line must be given/],
  ['both line and position', { line: points(2), position }, /not both/],
  ['a line of one point', { line: points(1) }, /line.* 2/],
  ['501 points', { line: points(501) }, /line.* 500/],
  [
    'a line of 240 miles',
    {
      line: [
        [0, 0],
        [4, 0],
      ],
    },
    /at most 200 NM.*240\.\d NM/,
  ],
  [
    'a pole',
    {
      line: [
        [0, 84],
        [0, 90],
      ],
    },
    /latitude from -85 to 85/,
  ],
  [
    'a longitude of 181',
    {
      line: [
        [0, 0],
        [181, 0],
      ],
    },
    /longitude from -180 to 180/,
  ],
  [
    'a number as text',
    {
      line: [
        ['0', 0],
        [1, 1],
      ],
    },
    /line/,
  ],
  [
    'NaN, which JSON writes as null',
    {
      line: [
        [Number.NaN, 0],
        [1, 1],
      ],
    },
    /line/,
  ],
  [
    'a point of three numbers',
    {
      line: [
        [0, 0, 0],
        [1, 1, 1],
      ],
    },
    /line/,
  ],
  ['a negative distance', { position, withinMetres: -1 }, /withinMetres/],
  ['a distance of 2,001 m', { position, withinMetres: 2_001 }, /withinMetres.* 2000/],
  ['a position in words', { position: 'here' }, /position/],
] as const) {
  test(`a depth query with ${what} is refused with 400 that says what is accepted`, async () => {
    const { status, problem } = await ask(body)
    assert.equal(status, 400)
    assert.equal(problem.code, 'VALIDATION_FAILED')
    assert.match(problem.detail, says)
  })
}

test('a depth query without a token is refused with 401', async () => {
  const { status } = await fixture.call('POST', '/api/v1/depth_query', { json: { position } })
  assert.equal(status, 401)
})
