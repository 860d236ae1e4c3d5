import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { TOKENS } from '#portrayal/palette/tokens.ts'
import { assertProblem } from './assert-problem.ts'
import { type Answer, addUser, startFixture } from './server-fixture.ts'

let now = 1_800_000_000_000
const clock = { now: () => now++ }
const fixture = await startFixture({ clock: { ...(await import('#lib/clock.ts')).systemClock, ...clock } })
after(() => fixture[Symbol.asyncDispose]())
const admin = await fixture.adminSession()
const other = await addUser(fixture, 'other')
const URL = '/api/portal/v1/styles'

interface Style {
  id: number
  name: string
  userEmail: string
  createdAt: number
  updatedAt: number
  parameters: { colors: Record<string, string>; settings: Record<string, unknown>; [key: string]: unknown }
}

const create = async (name: string, theme = 'day', token = admin) =>
  (await fixture.call('POST', URL, { token, json: { name, theme } })).body as Style
const update = (id: number, json: unknown, token = admin) => fixture.call('POST', `${URL}/${id}`, { token, json })

test('a new style has the documented shape, and palette and settings of its theme', async () => {
  const answer = await fixture.call('POST', URL, { token: admin, json: { name: 'Vessel Map', theme: 'night' } })
  assert.equal(answer.status, 200)
  const style = answer.body as Style
  assert.deepEqual(Object.keys(style), ['id', 'name', 'userEmail', 'createdAt', 'updatedAt', 'parameters'])
  assert.ok(Number.isInteger(style.id))
  assert.equal(style.userEmail, 'admin')
  assert.equal(style.createdAt, style.updatedAt)
  assert.equal(style.parameters.colors['DEPVS'], TOKENS.night.DEPVS)
  const { iconSet, soundingOpacity, showLightSectors, theme } = style.parameters.settings
  assert.deepEqual([iconSet, soundingOpacity, showLightSectors, theme], ['enc-night', 1, true, 'night'])
  assert.deepEqual((await fixture.call('GET', `${URL}/${style.id}`, { token: admin })).body, style)
})

test('a style needs a name and a known theme', async () => {
  for (const json of [{}, { name: 'x' }, { theme: 'day' }, { name: '', theme: 'day' }, { name: 'x', theme: 'dawn' }]) {
    assertProblem(await fixture.call('POST', URL, { token: admin, json }), 400, 'VALIDATION_FAILED')
  }
  const { detail } = assertProblem(
    await fixture.call('POST', URL, { token: admin, json: { name: 'x', theme: 'dawn' } }),
    400,
    'VALIDATION_FAILED',
  )
  assert.match(detail, /day, dusk, night/)
})

test('the list has the newest style first, of the whole account and no other', async () => {
  const first = await create('first')
  const second = await create('second', 'dusk')
  const ids = ((await fixture.call('GET', URL, { token: admin })).body as Style[]).map(({ id }) => id)
  assert.deepEqual(ids.slice(0, 2), [second.id, first.id])
  const mate = await addUser(fixture, 'mate', (await fixture.accounts.authenticate(admin)).user.account.id)
  assert.deepEqual(((await fixture.call('GET', URL, { token: mate.token })).body as Style[]).length, ids.length)
  assert.deepEqual((await fixture.call('GET', URL, { token: other.token })).body, [])
})

test('an update changes what it names, replaces parameters as a whole, and keeps unknown keys', async () => {
  const style = await create('before')
  const renamed = (await update(style.id, { name: 'after' })).body as Style
  assert.deepEqual(renamed, { ...style, name: 'after', updatedAt: renamed.updatedAt })
  assert.ok(renamed.updatedAt > style.updatedAt)
  const parameters = {
    colors: { LANDA: '#112233', someOtherSlot: 'hsl(1, 2%, 3%)' },
    settings: { soundingOpacity: 0.5, futureSwitch: { a: [1, null] } },
    editor: { version: 2 },
  }
  const answer = await update(style.id, { parameters })
  assert.equal(answer.status, 200)
  assert.deepEqual((answer.body as Style).parameters, parameters)
  assert.equal((answer.body as Style).name, 'after')
})

test('wrong parameters are refused with a pointer and what is accepted', async () => {
  const style = await create('checked')
  const cases: [unknown, string, RegExp][] = [
    [{ colors: { LANDA: 'red' } }, '/parameters/colors/LANDA', /#61b7ff/],
    [{ settings: { soundingOpacity: 2 } }, '/parameters/settings/soundingOpacity', /0 to 1/],
    [{ settings: { depthUnits: 'yards' } }, '/parameters/settings/depthUnits', /meters, feet, fathoms/],
    [{ settings: { showLightSectors: 'true' } }, '/parameters/settings/showLightSectors', /true or false/],
    [{ settings: { depthLimit: -1 } }, '/parameters/settings/depthLimit', /0 to 1000/],
    [{ colors: [] }, '/parameters/colors', /object/],
    [{ big: 'x'.repeat(70_000) }, '/parameters', /65536 bytes/],
    ['x', '/parameters', /object/],
  ]
  for (const [parameters, field, message] of cases) {
    const problem = assertProblem(await update(style.id, { parameters }), 400, 'VALIDATION_FAILED')
    assert.equal(problem.errors?.[0]?.field, field)
    assert.match(problem.errors?.[0]?.message ?? '', message)
  }
  assert.deepEqual((await fixture.call('GET', `${URL}/${style.id}`, { token: admin })).body, style)
})

test('a change with If-Match is made only while the style is still what was read', async () => {
  const style = await create('shared')
  const path = `${URL}/${style.id}`
  const etag = String((await fixture.call('GET', path, { token: admin })).headers.get('etag'))
  assert.match(etag, /^"[0-9a-f]{32}"$/)
  const change = (ifMatch: string, name: string) =>
    fixture.call('POST', path, { token: admin, json: { name }, headers: { 'if-match': ifMatch } })

  const answers = await Promise.all([change(etag, 'of one'), change(etag, 'of another')])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412])
  const [won, lost] = answers[0]?.status === 200 ? answers : answers.toReversed()
  assertProblem(lost as Answer, 412, 'STYLE_CHANGED')
  const now = await fixture.call('GET', path, { token: admin })
  assert.deepEqual([now.body, now.headers.get('etag')], [won?.body, won?.headers.get('etag')])
  for (const stale of [etag, '"', '', 'x']) assertProblem(await change(stale, 'lost'), 412, 'STYLE_CHANGED')
  const changed = await change('*', 'kept')
  assert.equal((await change(`"other", W/${changed.headers.get('etag')}`, 'kept')).status, 200, 'weakened by a proxy')

  const remove = (ifMatch: string) => fixture.call('DELETE', path, { token: admin, headers: { 'if-match': ifMatch } })
  assertProblem(await remove(etag), 412, 'STYLE_CHANGED')
  assertProblem(
    await fixture.call('POST', path, { token: other.token, json: {}, headers: { 'if-match': '*' } }),
    404,
    'STYLE_NOT_FOUND',
  )
  assert.equal((await remove('*')).status, 204)
  assertProblem(await remove('*'), 404, 'STYLE_NOT_FOUND')
})

test('a change without If-Match is made whatever happened before it', async () => {
  const style = await create('shared')
  await update(style.id, { name: 'of one' })
  assert.equal(((await update(style.id, { name: 'of another' })).body as Style).name, 'of another')
})

test('a deleted style is gone, and deleting it again answers 404', async () => {
  const style = await create('short-lived')
  const gone = await fixture.call('DELETE', `${URL}/${style.id}`, { token: admin })
  assert.deepEqual([gone.status, gone.text], [204, ''])
  assertProblem(await fixture.call('GET', `${URL}/${style.id}`, { token: admin }), 404, 'STYLE_NOT_FOUND')
  assertProblem(await fixture.call('DELETE', `${URL}/${style.id}`, { token: admin }), 404, 'STYLE_NOT_FOUND')
})

test('a style of another account, an unknown id and an impossible id answer 404 alike', async () => {
  const style = await create('private')
  for (const id of [style.id, 987_654_321, 'x', '99999999999999999999']) {
    for (const [method, json] of [['GET'], ['POST', { name: 'stolen' }], ['DELETE']] as const) {
      const options = json === undefined ? {} : { json }
      const answer = await fixture.call(method, `${URL}/${id}`, { token: other.token, ...options })
      assertProblem(answer, 404, 'STYLE_NOT_FOUND')
    }
  }
  assert.equal(((await fixture.call('GET', `${URL}/${style.id}`, { token: admin })).body as Style).name, 'private')
})

test('the slots name each colour token with its three colours and the layers that use it', async () => {
  const answer = await fixture.call('GET', `${URL}/slots`, { token: other.token })
  assert.equal(answer.status, 200)
  const slots = answer.body as { slot: string; group: string; description: string; day: string; layers: string[] }[]
  const deep = slots.find(({ slot }) => slot === 'DEPDW')
  assert.deepEqual(Object.keys(deep ?? {}), ['slot', 'group', 'description', 'day', 'dusk', 'night', 'layers'])
  assert.equal(deep?.day, TOKENS.day.DEPDW)
  assert.ok(deep?.layers.some((layer) => layer.startsWith('s57_depare')))
  assert.equal(new Set(slots.map(({ slot }) => slot)).size, slots.length)
})
