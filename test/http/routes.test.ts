import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { AUTH_KINDS, type AuthKind } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { createServer } from '#http/server.ts'
import { silentLog } from '#lib/log.ts'
import { addUser, createFakeJobs, startFixture } from './server-fixture.ts'

// Every route is called as every kind of caller. A route that this file does not know fails.

interface Route {
  method: string
  url: string
  auth: AuthKind | undefined
}

const routes: Route[] = []
const fixture = await startFixture({
  prepare(app) {
    app.addHook('onRoute', ({ method, url, config }) => {
      for (const one of [method].flat()) routes.push({ method: one, url, auth: config?.auth })
    })
    void app.register(async (scope: App) => {
      for (const auth of AUTH_KINDS)
        scope.get(`/api/v1/probe/${auth}`, { config: { auth } }, async ({ principal }) => ({
          is: principal?.user.username ?? null,
        }))
    })
  },
})
after(() => fixture[Symbol.asyncDispose]())

const user = await addUser(fixture, 'user')
const foreign = await addUser(fixture, 'foreign')
const admin = await fixture.adminSession()
const adminPrincipal = await fixture.accounts.authenticate(admin)
const adminToken = await fixture.accounts.tokens.create(adminPrincipal, { name: 'administrator' })

const expected = new Map<string, AuthKind>([
  ['GET /', 'none'],
  ['GET /map', 'none'],
  ['GET /assets/:version/:file', 'none'],
  ['GET /api/openapi.json', 'none'],
  ['GET /health/live', 'none'],
  ['GET /health/ready', 'none'],
  ['GET /metrics', 'none'],
  ['POST /api/portal/v1/auth/login', 'none'],
  ['POST /api/portal/v1/auth/logout', 'session'],
  ['GET /api/portal/v1/auth/whoami', 'any'],
  ['POST /api/portal/v1/user/passwordChange', 'any'],
  ['GET /api/portal/v1/apiTokens', 'any'],
  ['POST /api/portal/v1/apiTokens', 'any'],
  ['POST /api/portal/v1/apiTokens/:id', 'any'],
  ['DELETE /api/portal/v1/apiTokens/:id', 'any'],
  ['GET /api/portal/v1/jobs', 'any'],
  ['POST /api/portal/v1/jobs', 'admin'],
  ['GET /api/portal/v1/jobs/getJobStatus', 'any'],
  ['POST /api/portal/v1/charts/upload', 'any'],
  ['GET /api/portal/v1/charts/uploads', 'any'],
  ['GET /api/portal/v1/charts/uploads/:id', 'any'],
  ['DELETE /api/portal/v1/charts/uploads/:id', 'any'],
  ['GET /api/portal/v1/charts/uploads/:id/cells', 'any'],
  ['GET /api/portal/v1/charts/cells', 'any'],
  ['GET /api/portal/v1/charts/cells/:name/files/:file', 'any'],
  ['GET /api/portal/v1/charts/getPermit', 'any'],
  ['POST /api/v1/charts/upload', 'core'],
  ['POST /api/v1/charts/refresh', 'admin'],
  ['GET /api/v1/jobs', 'core'],
  ['GET /api/v2/tiles/enc-v2.json', 'core'],
  ['GET /api/v2/tiles/enc-v2/:z/:x/:y.mvt', 'core'],
  ['GET /api/v2/tiles/data-geojson-v1/:z/:x/:y.json', 'core'],
  ['GET /api/v2/tiles/data-shoreline-v1/:z/:x/:y.json', 'core'],
  ['POST /api/v1/enc_query', 'core'],
  ['GET /api/v1/cells', 'core'],
  ['POST /api/v1/user-reports', 'core'],
  ['GET /api/v1/user-reports', 'core'],
  ['POST /api/v1/user-reports/:id/votes', 'core'],
  ['DELETE /api/v1/user-reports/:id', 'core'],
  ['GET /api/v1/user-reports/tiles/:z/:x/:y.mvt', 'core'],
  ['GET /api/v1/user-reports/tiles/:z/:x/:y.json', 'core'],
  ['POST /api/v1/user-reports/bathymetry', 'core'],
  ['GET /api/v1/user-reports/bathymetry', 'core'],
  ['GET /api/v1/user-reports/bathymetry/:id', 'core'],
  ['GET /api/v1/datasets/attributions', 'none'],
  ['GET /api/v1/styles/base.json', 'core'],
  ['POST /api/v1/styles/preview', 'core'],
  ['GET /api/v1/static/:version/sprites/:file', 'none'],
  ['GET /api/v1/static/:version/glyphs/:fontstack/:range.pbf', 'none'],
  ['GET /api/portal/v1/styles', 'any'],
  ['POST /api/portal/v1/styles', 'any'],
  ['GET /api/portal/v1/styles/slots', 'any'],
  ['GET /api/portal/v1/styles/:id', 'any'],
  ['POST /api/portal/v1/styles/:id', 'any'],
  ['DELETE /api/portal/v1/styles/:id', 'any'],
  ['GET /api/portal/v1/jobs/events', 'any'],
  ['GET /api/portal/v1/jobs/:id', 'any'],
  ['GET /api/portal/v1/jobs/:id/logs', 'any'],
  ['POST /api/portal/v1/jobs/:id/cancel', 'any'],
  ['POST /api/portal/v1/jobs/:id/retry', 'any'],
])

const ours = routes.filter(({ method, url }) => method !== 'HEAD' && url !== '*' && !url.includes('/probe/'))

test('each route declares who may call it, and it is what this list says', () => {
  assert.deepEqual(
    ours.map(({ method, url, auth }) => `${method} ${url}: ${auth}`).toSorted(),
    [...expected].map(([route, auth]) => `${route}: ${auth}`).toSorted(),
  )
})

test('a HEAD route is guarded like its GET route', () => {
  for (const head of routes.filter(({ method }) => method === 'HEAD')) {
    assert.equal(head.auth, routes.find(({ method, url }) => method === 'GET' && url === head.url)?.auth, head.url)
  }
})

const callers = [
  { name: 'nobody', token: undefined, kind: null, isAdmin: false },
  { name: 'an unknown token', token: 'f'.repeat(32), kind: null, isAdmin: false },
  { name: 'a user’s API token', token: user.token, kind: 'apiToken', isAdmin: false },
  { name: 'a user’s session', token: user.session, kind: 'session', isAdmin: false },
  { name: 'an API token of a foreign account', token: foreign.token, kind: 'apiToken', isAdmin: false },
  { name: 'an administrator’s session', token: admin, kind: 'session', isAdmin: true },
  { name: 'an administrator’s API token', token: adminToken.id, kind: 'apiToken', isAdmin: true },
] as const

/** The status that refuses this caller, or null when the request must get through to the route. */
function refusal(auth: AuthKind, { kind, isAdmin }: (typeof callers)[number]): number | null {
  switch (auth) {
    case 'none':
      return null
    case 'any':
    case 'core':
      return kind === null ? 401 : null
    case 'session':
      return kind === 'session' ? null : 401
    case 'admin':
      if (kind === null) return 401
      return isAdmin ? null : 403
  }
}

/** For an answer that never ends. */
async function statusOnly(path: string, token: string | undefined): Promise<{ status: number; text: string }> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(fixture.origin + path, { headers })
  await response.body?.cancel()
  return { status: response.status, text: '' }
}

for (const { method, url, auth } of routes.filter((route) => route.url !== '*')) {
  for (const caller of callers) {
    test(`${method} ${url} (${auth}) called by ${caller.name}`, async () => {
      // Without a body: what gets through to a POST route fails there with 400, except logout, which must not end our session.
      if (url.endsWith('/logout') && caller.kind === 'session') return
      const options = caller.token === undefined ? {} : { token: caller.token }
      const path = url.replace(':id', user.token)
      // The one call that would succeed in taking something away.
      if (method === 'DELETE' && caller.kind !== null && caller.token !== foreign.token) return
      const { status, text } = url.endsWith('/events')
        ? await statusOnly(path, caller.token)
        : await fixture.call(method, path, options)
      const refused = refusal(auth ?? 'none', caller)
      if (refused !== null) assert.equal(status, refused, text)
      else assert.ok(status !== 401 && status !== 403 && status < 500, `${status} ${text}`)
      if (url.includes(':id') && caller.token === foreign.token) assert.ok(status === 404 || status === 400, `${status} ${text}`)
    })
  }
}

test('?token= opens the Core API and nothing else', async () => {
  for (const auth of AUTH_KINDS) {
    const { status, body } = await fixture.call('GET', `/api/v1/probe/${auth}?token=${adminToken.id}`)
    assert.equal(status, auth === 'core' || auth === 'none' ? 200 : 401, auth)
    if (auth === 'core') assert.deepEqual(body, { is: 'admin' })
  }
  const both = await fixture.call('GET', `/api/v1/probe/core?token=${adminToken.id}`, { token: 'f'.repeat(32) })
  assert.equal(both.status, 401, 'the header decides')
  assert.equal((await fixture.call('GET', `/api/v1/probe/core?token=${adminToken.id}&token=${adminToken.id}`)).status, 401)
  assert.equal((await fixture.call('GET', `/api/v1/probe/core?token=${user.session}`)).status, 200, 'sessions too')
})

test('?token= counts although a proxy adds Basic authentication', async () => {
  const headers = { authorization: `Basic ${Buffer.from('proxy:secret').toString('base64')}` }
  const url = `/api/v1/probe/core?token=${adminToken.id}`
  assert.equal((await fixture.call('GET', url, { headers })).status, 200)
  const description = await fixture.call('GET', `/api/v2/tiles/enc-v2.json?token=${adminToken.id}`, { headers })
  assert.match((description.body as { tiles: string[] }).tiles[0] ?? '', /\?token=/)
  assert.equal((await fixture.call('GET', '/api/v1/probe/core', { headers })).status, 401)
  assert.equal((await fixture.call('GET', `/api/v1/probe/any?token=${adminToken.id}`, { headers })).status, 401)
})

test('pages of other sites may call the Core API, with a token that allows them, and not the Portal API', async () => {
  const web = await fixture.accounts.tokens.create(adminPrincipal, { name: 'web', restrictions: { hosts: ['charts.example'] } })
  const from = (origin: string) => ({ token: web.id, headers: { origin } })
  const good = await fixture.call('GET', '/api/v1/probe/core', from('https://charts.example'))
  assert.equal(good.status, 200)
  assert.equal(good.headers.get('access-control-allow-origin'), '*')
  assert.equal(good.headers.get('cross-origin-resource-policy'), 'cross-origin')
  assert.match(good.headers.get('vary') ?? '', /Origin/)
  const bad = await fixture.call('GET', '/api/v1/probe/core', from('https://other.example'))
  assert.equal(bad.status, 401)
  assert.equal(bad.headers.get('access-control-allow-origin'), '*', 'so that the page can read why')
  assert.equal((await fixture.call('GET', '/api/v1/probe/core', { token: web.id })).status, 200, 'no Origin: no browser')

  const preflight = {
    origin: 'https://other.example',
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization',
  }
  const core = await fixture.call('OPTIONS', '/api/v1/probe/core', { headers: preflight })
  assert.equal(core.status, 204)
  assert.match(core.headers.get('access-control-allow-headers') ?? '', /Authorization/)
  const portal = await fixture.call('OPTIONS', '/api/portal/v1/jobs', { headers: preflight })
  assert.equal(portal.headers.get('access-control-allow-origin'), null)
})

test('a route that does not declare who may call it stops the start', async () => {
  const { accounts, uploads, cells, styles, reports, bathymetry } = fixture
  const app = createServer({
    accounts,
    uploads,
    cells,
    styles,
    reports,
    bathymetry,
    tiles: fixture.tiles,
    jobs: createFakeJobs(),
    health: [],
    log: silentLog(),
    version: '0',
  })
  void app.register(async (scope: App) => {
    scope.get('/forgotten', async () => 'open to all')
  })
  await assert.rejects(async () => await app.ready(), /GET, HEAD \/forgotten|GET \/forgotten does not declare who may call it/)
  await app.close()
})
