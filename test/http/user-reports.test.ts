import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { systemClock } from '#lib/clock.ts'
import { newId } from '#lib/ids.ts'
import type { UserReport } from '#reports/points/report-record.ts'
import { EXPIRATION_AGE } from '#test/reports.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

// Create, vote, delete and list, as the documentation has them.

let now = Date.UTC(2026, 7, 14, 15, 20)
const fixture = await startFixture({ clock: { ...systemClock, now: () => now } })
after(() => fixture[Symbol.asyncDispose]())
const admin = await fixture.adminSession()
const user = await addUser(fixture, 'user')
const foreign = await addUser(fixture, 'foreign')
const URL = '/api/v1/user-reports'

const position = { latitude: 32.1, longitude: -80.7 }
const create = (json: unknown, token = user.token) => fixture.call('POST', URL, { token, json })
const created = async (json: object = {}, token = user.token) =>
  (await create({ reportType: 'hazard', position, ...json }, token)).body as UserReport
const vote = (id: string, json: unknown, token = user.token) => fixture.call('POST', `${URL}/${id}/votes`, { token, json })
const remove = (id: string, token = user.token) => fixture.call('DELETE', `${URL}/${id}`, { token })
const list = async (query = '', token = user.token) =>
  (await fixture.call('GET', `${URL}${query}`, { token })).body as {
    reports: UserReport[]
    total: number
    limit: number
    offset: number
  }
const idsOf = async (query: string) => (await list(query)).reports.map(({ id }) => id)

test('a created report is answered with 201 and all documented fields', async () => {
  const properties = { description: 'Log adrift', size: { metres: 4 } }
  const answer = await create({ reportType: 'hazard', position, properties, externalUserId: 'skipper-7' })
  assert.equal(answer.status, 201)
  const { id, ...rest } = answer.body as UserReport
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.deepEqual(rest, {
    ...{ reportType: 'hazard', ...position, properties, upvoteCount: 0, downvoteCount: 0, isOwner: true },
    ...{ externalUserId: 'skipper-7', namespace: 'public', createdAt: now, updatedAt: now, expiredAt: null, deletedAt: null },
  })
})

test('a report takes the id of its client once, in either case', async () => {
  const id = randomUUID()
  const report = { reportType: 'weather', position, id: id.toUpperCase() }
  assert.equal(((await create(report)).body as UserReport).id, id)
  assertProblem(await create({ ...report, id }), 409, 'REPORT_EXISTS')
  assertProblem(await create({ ...report, id }, foreign.token), 409, 'REPORT_EXISTS')
  assert.equal((await remove(id)).status, 200)
  assertProblem(await create({ ...report, id }), 409, 'REPORT_EXISTS')
})

for (const [what, json] of Object.entries({
  'without a type': { position },
  'of an unknown type': { reportType: 'obstacle', position },
  'without a position': { reportType: 'hazard' },
  'without a longitude': { reportType: 'hazard', position: { latitude: 1 } },
  'with a latitude beyond the pole': { reportType: 'hazard', position: { latitude: 90.1, longitude: 0 } },
  'with a longitude beyond the antimeridian': { reportType: 'hazard', position: { latitude: 0, longitude: -180.5 } },
  'with numbers in strings': { reportType: 'hazard', position: { latitude: '1', longitude: '2' } },
  'with a NaN, which JSON writes as null': { reportType: 'hazard', position: { latitude: Number.NaN, longitude: 0 } },
  'with properties that are a list': { reportType: 'hazard', position, properties: [] },
  'with an id that is no UUID': { reportType: 'hazard', position, id: 'one' },
  'with an id of version 7': { reportType: 'hazard', position, id: newId() },
  'with an external user that is a number': { reportType: 'hazard', position, externalUserId: 7 },
})) {
  test(`a report ${what} is refused`, async () => {
    assertProblem(await create(json), 400, 'VALIDATION_FAILED')
  })
}

test('a report whose numbers are no JSON, or too large for a number, is refused', async () => {
  const sent = (latitude: string) => {
    const body = `{"reportType":"hazard","position":{"latitude":${latitude},"longitude":2}}`
    return fixture.call('POST', URL, { token: user.token, body, headers: { 'content-type': 'application/json' } })
  }
  for (const latitude of ['NaN', 'Infinity', '-', '0x10']) assertProblem(await sent(latitude), 400, 'INVALID_JSON')
  for (const latitude of ['1e999', '-1e999']) assertProblem(await sent(latitude), 400, 'VALIDATION_FAILED')
})

test('properties nested deeper than 32 levels are refused', async () => {
  const nested = (levels: number) => {
    const properties = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    const body = `{"reportType":"hazard","position":{"latitude":1,"longitude":2},"properties":${properties}}`
    return fixture.call('POST', URL, { token: user.token, body, headers: { 'content-type': 'application/json' } })
  }
  assert.equal((await nested(32)).status, 201)
  for (const levels of [33, 100_000]) assertProblem(await nested(levels), 400, 'VALIDATION_FAILED')
})

test('properties of a megabyte are refused with their limit, and 16,384 bytes are accepted', async () => {
  const large = await create({ reportType: 'hazard', position, properties: { description: 'x'.repeat(1_000_000) } })
  assert.match(assertProblem(large, 400, 'VALIDATION_FAILED').detail, /16384 bytes/)
  const text = 'x'.repeat(16_384 - '{"description":""}'.length)
  assert.equal((await create({ reportType: 'hazard', position, properties: { description: text } })).status, 201)
  const longer = await create({ reportType: 'hazard', position, properties: { description: `${text}x` } })
  assertProblem(longer, 400, 'VALIDATION_FAILED')
})

for (const place of [
  { latitude: 90, longitude: 0 },
  { latitude: -90, longitude: 180 },
  { latitude: 0, longitude: -180 },
]) {
  test(`a report at ${place.latitude}, ${place.longitude} is accepted`, async () => {
    const report = await created({ position: place })
    assert.deepEqual([report.latitude, report.longitude], [place.latitude, place.longitude])
  })
}

test('a user has one vote per report, which a second one replaces', async () => {
  const { id } = await created()
  const counts = async (choice: string, token = user.token) => {
    const answer = await vote(id, { vote: choice }, token)
    assert.equal(answer.status, 200)
    const { upvoteCount, downvoteCount, isOwner } = answer.body as UserReport
    return [upvoteCount, downvoteCount, isOwner]
  }
  assert.deepEqual(await counts('valid'), [1, 0, true])
  assert.deepEqual(await counts('valid'), [1, 0, true])
  assert.deepEqual(await counts('invalid'), [0, 1, true])
  assert.deepEqual(await counts('valid', foreign.token), [1, 1, false])
  assert.deepEqual(await counts('valid', foreign.session), [1, 1, false])
})

test('of 50 users who vote at once, twice each, every one counts once', async () => {
  const { id } = await created()
  const voters = await Promise.all(Array.from({ length: 50 }, (_, i) => addUser(fixture, `voter ${i}`)))
  const votes = voters.flatMap(({ token }, i) => [
    vote(id, { vote: i % 2 === 0 ? 'invalid' : 'valid' }, token),
    vote(id, { vote: 'valid', externalUserId: `v${i}` }, token),
  ])
  for (const answer of await Promise.all(votes)) assert.equal(answer.status, 200, answer.text)
  const report = (await list('?limit=200')).reports.find((each) => each.id === id)
  const stored = await fixture.db.selectFrom('user_report_vote').select('is_valid').where('report_id', '=', id).execute()
  const valid = stored.filter((row) => row.is_valid).length
  assert.equal(stored.length, 50)
  assert.deepEqual([report?.upvoteCount, report?.downvoteCount], [valid, 50 - valid])
})

test('a vote needs a known choice, and an existing, active report', async () => {
  const { id } = await created()
  for (const json of [{}, { vote: 'up' }, { vote: true }, undefined]) {
    assertProblem(await vote(id, json), 400, 'VALIDATION_FAILED')
  }
  assertProblem(await vote('not-an-id', { vote: 'valid' }), 400, 'VALIDATION_FAILED')
  assertProblem(await vote(randomUUID(), { vote: 'valid' }), 404, 'REPORT_NOT_FOUND')
  assertProblem(await vote(newId(), { vote: 'valid' }), 404, 'REPORT_NOT_FOUND')
  await remove(id)
  assertProblem(await vote(id, { vote: 'valid' }), 410, 'REPORT_GONE')
  const expiring = await created()
  now += EXPIRATION_AGE - 1
  assert.equal((await vote(expiring.id, { vote: 'valid' })).status, 200)
  now++
  const late = assertProblem(await vote(expiring.id, { vote: 'invalid' }, foreign.token), 410, 'REPORT_GONE')
  assert.equal(late.detail, `The report ${expiring.id} has expired.`)
  const [unchanged] = (await list('?includeExpired=true')).reports.filter((each) => each.id === expiring.id)
  assert.deepEqual([unchanged?.upvoteCount, unchanged?.downvoteCount], [1, 0])
})

test('only its creator or an administrator deletes a report, once', async () => {
  const own = await created()
  const other = await created()
  assertProblem(await remove(own.id, foreign.token), 403, 'REPORT_NOT_OWN')
  const answer = await remove(own.id)
  assert.equal(answer.status, 200)
  assert.deepEqual(answer.body, { ...own, updatedAt: now, deletedAt: now })
  assertProblem(await remove(own.id), 410, 'REPORT_GONE')
  assert.equal((await remove(other.id, admin)).status, 200)
  assertProblem(await remove(randomUUID()), 404, 'REPORT_NOT_FOUND')
  assertProblem(await remove('7'), 400, 'VALIDATION_FAILED')
})

test('the list has active reports of every account, newest first, and others on request', async () => {
  now += EXPIRATION_AGE
  const old = await created()
  now += EXPIRATION_AGE - 10
  const first = await created()
  now++
  const second = await created({}, foreign.token)
  const third = await created()
  await remove(third.id)
  now += 8
  assert.deepEqual(await idsOf(''), [second.id, first.id, old.id])
  now++
  assert.deepEqual(await list(), {
    reports: (await list()).reports,
    ...{ total: 2, limit: 50, offset: 0 },
  })
  assert.deepEqual(await idsOf(''), [second.id, first.id])
  assert.deepEqual(
    (await list()).reports.map(({ isOwner }) => isOwner),
    [false, true],
  )
  const [newest, , , expired] = (await list('?includeDeleted=true&includeExpired=true')).reports
  assert.ok([second.id, third.id].includes(newest?.id ?? ''))
  assert.deepEqual([expired?.id, expired?.expiredAt], [old.id, old.createdAt + EXPIRATION_AGE])
  assert.ok(!(await idsOf('?includeDeleted=true')).includes(old.id))
  assert.ok((await idsOf('?includeDeleted=true')).includes(third.id))
  assert.ok(!(await idsOf('?includeExpired=true')).includes(third.id))
  assert.ok((await idsOf('?includeExpired=true')).includes(old.id))
})

test('the list pages by limit and offset, with a cap', async () => {
  const page = await list('?limit=1&offset=1')
  assert.deepEqual([page.reports.length, page.total, page.limit, page.offset], [1, 2, 1, 1])
  assert.equal((await list('?limit=1000')).limit, 200)
  for (const query of ['limit=0', 'limit=x', 'limit=1.5', 'offset=-1', 'includeDeleted=1', 'includeExpired=yes']) {
    assertProblem(await fixture.call('GET', `${URL}?${query}`, { token: user.token }), 400, 'VALIDATION_FAILED')
  }
  assertProblem(await fixture.call('GET', `${URL}?offset=100001`, { token: user.token }), 400, 'OFFSET_TOO_LARGE')
})

test('the token may come as a parameter, and is needed', async () => {
  assert.equal((await fixture.call('GET', `${URL}?token=${user.token}`)).status, 200)
  const report = { reportType: 'hazard', position }
  assert.equal((await fixture.call('POST', `${URL}?token=${user.token}`, { json: report })).status, 201)
  assertProblem(await fixture.call('POST', URL, { json: report }), 401, 'TOKEN_MISSING')
  assertProblem(await create(report, 'f'.repeat(32)), 401, 'TOKEN_INVALID')
})
