import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, test } from 'node:test'
import { AUTH_KINDS, type AuthKind } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { createServer } from '#http/server.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import { silentLog } from '#lib/log.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createTestExports } from '#test/exports.ts'
import { createTestWebhooks } from '#test/webhooks.ts'
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

const restricted = await fixture.accounts.tokens.create(adminPrincipal, {
  name: 'page',
  restrictions: { hosts: ['charts.example'] },
})
const deleted = await addUser(fixture, 'deleted', user.accountId)
await fixture.db.updateTable('app_user').set({ deleted_at: new Date() }).where('id', '=', deleted.userId).execute()

const expected = new Map<string, AuthKind>([
  ['GET /', 'none'],
  ['GET /api/docs', 'none'],
  ['GET /assets/:version/:file', 'none'],
  ['GET /assets/:file', 'none'],
  ['GET /sign-in', 'none'],
  ['GET /jobs', 'none'],
  ['GET /jobs/*', 'none'],
  ['GET /charts', 'none'],
  ['GET /charts/*', 'none'],
  ['GET /styles', 'none'],
  ['GET /styles/*', 'none'],
  ['GET /tokens', 'none'],
  ['GET /exports', 'none'],
  ['GET /webhooks', 'none'],
  ['GET /webhooks/*', 'none'],
  ['GET /admin', 'none'],
  ['GET /admin/*', 'none'],
  ['GET /account', 'none'],
  ['GET /map', 'none'],
  ['GET /api/openapi.json', 'none'],
  ['GET /health/live', 'none'],
  ['GET /health/ready', 'none'],
  ['GET /metrics', 'none'],
  ['POST /api/portal/v1/auth/login', 'none'],
  ['POST /api/portal/v1/auth/logout', 'session'],
  ['GET /api/portal/v1/auth/whoami', 'any'],
  ['POST /api/portal/v1/user/passwordChange', 'any'],
  ['GET /api/portal/v1/user/sessions', 'any'],
  ['DELETE /api/portal/v1/user/sessions', 'any'],
  ['GET /api/portal/v1/admin/getAllUsers', 'admin'],
  ['GET /api/portal/v1/admin/getUser', 'admin'],
  ['POST /api/portal/v1/admin/createUser', 'admin'],
  ['POST /api/portal/v1/admin/editUser', 'admin'],
  ['POST /api/portal/v1/admin/deleteUser', 'admin'],
  ['GET /api/portal/v1/admin/getAllAccounts', 'admin'],
  ['GET /api/portal/v1/admin/getAccount', 'admin'],
  ['GET /api/portal/v1/admin/getAccountUsage', 'admin'],
  ['POST /api/portal/v1/admin/createAccount', 'admin'],
  ['POST /api/portal/v1/admin/editAccount', 'admin'],
  ['POST /api/portal/v1/admin/deleteAccount', 'admin'],
  ['GET /api/portal/v1/admin/getApiTokens', 'admin'],
  ['POST /api/portal/v1/admin/createApiToken', 'admin'],
  ['POST /api/portal/v1/admin/deleteApiToken', 'admin'],
  ['GET /api/portal/v1/apiTokens', 'any'],
  ['POST /api/portal/v1/apiTokens', 'any'],
  ['POST /api/portal/v1/apiTokens/:id', 'any'],
  ['DELETE /api/portal/v1/apiTokens/:id', 'any'],
  ['GET /api/portal/v1/jobs', 'any'],
  ['POST /api/portal/v1/jobs', 'admin'],
  ['GET /api/portal/v1/instance', 'optional'],
  ['GET /api/portal/v1/instance/diagnostics', 'admin'],
  ['GET /api/portal/v1/agreements/noaa', 'any'],
  ['POST /api/portal/v1/agreements/noaa', 'admin'],
  ['GET /api/portal/v1/jobs/counts', 'any'],
  ['GET /api/portal/v1/jobs/getJobStatus', 'any'],
  ['POST /api/portal/v1/charts/upload', 'any'],
  ['GET /api/portal/v1/charts/uploads', 'any'],
  ['GET /api/portal/v1/charts/uploads/:id', 'any'],
  ['GET /api/portal/v1/charts/uploads/:id/deletion', 'any'],
  ['DELETE /api/portal/v1/charts/uploads/:id', 'any'],
  ['GET /api/portal/v1/charts/uploads/:id/cells', 'any'],
  ['GET /api/portal/v1/charts/cells', 'any'],
  ['GET /api/portal/v1/charts/cells/:name', 'any'],
  ['GET /api/portal/v1/charts/cells/:name/files/:file', 'any'],
  ['GET /api/portal/v1/charts/getPermit', 'any'],
  ['GET /api/portal/v1/charts/permits', 'any'],
  ['GET /api/portal/v1/charts/publicFailures', 'any'],
  ['POST /api/v1/charts/upload', 'core'],
  ['POST /api/v1/charts/refresh', 'admin'],
  ['GET /api/v1/jobs', 'core'],
  ['GET /api/v2/tiles/enc-v2.json', 'core'],
  ['GET /api/v2/tiles/enc-v2/:z/:x/:y.mvt', 'core'],
  ['GET /api/v2/tiles/enc-raster-v2.json', 'core'],
  ['GET /api/v2/tiles/enc-raster-v2/:z/:x/:y.png', 'core'],
  ['GET /api/v2/tiles/raster-v1/:z/:x/:y.png', 'core'],
  ['GET /api/v2/tiles/data-geojson-v1/:z/:x/:y.json', 'core'],
  ['GET /api/v2/tiles/data-shoreline-v1/:z/:x/:y.json', 'core'],
  ['GET /signalk', 'none'],
  ['GET /signalk/v1/api/resources/charts', 'core'],
  ['GET /signalk/v1/api/resources/charts/:identifier', 'core'],
  ['GET /signalk/v2/api/resources/charts', 'core'],
  ['GET /signalk/v2/api/resources/charts/:identifier', 'core'],
  ['POST /api/v1/enc_query', 'core'],
  ['POST /api/v1/depth_query', 'core'],
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
  ['GET /api/v1/styles/raster.json', 'core'],
  ['GET /api/v1/wmts', 'core'],
  ['POST /api/v1/styles/preview', 'core'],
  ['GET /api/v1/styles/sprites/:version/:file', 'core'],
  ['GET /api/v1/static/:version/sprites/:file', 'none'],
  ['GET /api/v1/static/:version/glyphs/:fontstack/:range.pbf', 'none'],
  ['GET /api/portal/v1/styles', 'any'],
  ['POST /api/portal/v1/styles', 'any'],
  ['GET /api/portal/v1/styles/slots', 'any'],
  ['GET /api/portal/v1/styles/:id', 'any'],
  ['POST /api/portal/v1/styles/:id', 'any'],
  ['DELETE /api/portal/v1/styles/:id', 'any'],
  ['GET /api/portal/v1/webhooks', 'any'],
  ['POST /api/portal/v1/webhooks', 'any'],
  ['GET /api/portal/v1/webhooks/:id', 'any'],
  ['POST /api/portal/v1/webhooks/:id', 'any'],
  ['DELETE /api/portal/v1/webhooks/:id', 'any'],
  ['POST /api/portal/v1/webhooks/:id/secret', 'any'],
  ['POST /api/portal/v1/webhooks/:id/test', 'any'],
  ['GET /api/portal/v1/webhooks/:id/deliveries', 'any'],
  ['GET /api/portal/v1/exports', 'any'],
  ['POST /api/portal/v1/exports', 'any'],
  ['POST /api/portal/v1/exports/estimate', 'any'],
  ['GET /api/portal/v1/exports/:id', 'any'],
  ['DELETE /api/portal/v1/exports/:id', 'any'],
  ['POST /api/portal/v1/downloads', 'any'],
  ['GET /api/portal/v1/downloads/:ticket', 'none'],
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
  { name: 'no token', token: undefined, kind: null, isAdmin: false },
  { name: 'an unknown token', token: 'f'.repeat(32), kind: null, isAdmin: false },
  { name: 'a user’s API token', token: user.token, kind: 'apiToken', isAdmin: false },
  { name: 'a user’s session', token: user.session, kind: 'session', isAdmin: false },
  { name: 'a token of another account', token: foreign.token, kind: 'apiToken', isAdmin: false },
  { name: 'an administrator’s session', token: admin, kind: 'session', isAdmin: true },
  { name: 'an administrator’s API token', token: adminToken.id, kind: 'apiToken', isAdmin: true },
  // Of an administrator, so that only the restriction refuses it; sent without an Origin.
  { name: 'a host-restricted token', token: restricted.id, kind: 'apiToken', isAdmin: true },
  { name: 'a deleted user’s token', token: deleted.token, kind: null, isAdmin: false },
] as const

/** The status that refuses this caller, or null when the request must get through to the route. */
function refusal({ url, auth }: Route, { kind, isAdmin, token }: (typeof callers)[number]): number | null {
  if (auth === undefined || auth === 'none') return null
  if (kind === null && (auth !== 'optional' || token !== undefined)) return 401
  if (auth === 'session' && kind !== 'session') return 401
  if (auth === 'admin' && !isAdmin) return 403
  return token === restricted.id && url.startsWith('/api/portal/') ? 401 : null
}

/** For an answer that never ends. */
async function statusOnly(path: string, token: string | undefined): Promise<{ status: number; text: string }> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(fixture.origin + path, { headers })
  await response.body?.cancel()
  return { status: response.status, text: '' }
}

/** Ends with the call, so that the sessions of the other calls stay. */
async function sessionToEnd({ isAdmin }: (typeof callers)[number]): Promise<string> {
  if (isAdmin) return await fixture.adminSession()
  const session = newToken()
  await fixture.db
    .insertInto('auth_session')
    .values({ token_hash: sha256(session), user_id: user.userId })
    .execute()
  return session
}

const outcomes = new Map<string, string[]>()

for (const route of routes.filter(({ url }) => url !== '*')) {
  const { method, url, auth } = route
  for (const caller of callers) {
    test(`${method} ${url} (${auth}) called with ${caller.name}`, async () => {
      // Without a body: what gets through to a POST route fails there with 400.
      const token = url.endsWith('/logout') && caller.kind === 'session' ? await sessionToEnd(caller) : caller.token
      // A deletion that gets through finds nothing, except with an id of another account.
      const isForeign = caller.token === foreign.token
      const path = url.replace(':id', method === 'DELETE' && !isForeign ? '0'.repeat(32) : user.token)
      const { status, text } = url.endsWith('/events')
        ? await statusOnly(path, token)
        : await fixture.call(method, path, token === undefined ? {} : { token })
      const refused = refusal(route, caller)
      if (refused !== null) assert.equal(status, refused, text)
      else assert.ok(status !== 401 && status !== 403 && status < 500, `${status} ${text}`)
      if (url.includes(':id') && isForeign) assert.ok(status === 404 || status === 400, `${status} ${text}`)
      const row = outcomes.get(`${method} ${url}`) ?? []
      row.push(refused === null ? 'yes' : String(status))
      outcomes.set(`${method} ${url}`, row)
    })
  }
}

test('the table in docs/security.md is what this walk found', async () => {
  const header = ['route', ...callers.map(({ name }) => name)]
  const rows = ours.map(({ method, url }) => [`\`${method} ${url}\``, ...(outcomes.get(`${method} ${url}`) ?? [])])
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const table = [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
  const file = path.resolve(import.meta.dirname, '../../docs/security.md')
  const text = await readFile(file, 'utf8')
  const start = '<!-- walk: written by `npm run authorisation` from test/http/routes.test.ts -->\n\n'
  const end = '\n\n<!-- end of walk -->'
  const [before = '', rest = ''] = text.split(start)
  const [, after = ''] = rest.split(end)
  const renewed = `${before}${start}${table}${end}${after}`
  if (process.env['RENEW_AUTHORISATION'] === '1') await writeFile(file, renewed)
  assert.equal(await readFile(file, 'utf8'), renewed, 'renew it with `npm run authorisation`')
})

test('?token= opens the Core API and nothing else', async () => {
  for (const auth of AUTH_KINDS) {
    const { status, body } = await fixture.call('GET', `/api/v1/probe/${auth}?token=${adminToken.id}`)
    assert.equal(status, ['core', 'none', 'optional'].includes(auth) ? 200 : 401, auth)
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
    webhooks: createTestWebhooks(fixture.db),
    bathymetry,
    exports: createTestExports({ db: fixture.db, storage: createFolderStore('unused'), tiles: fixture.tiles }),
    tiles: fixture.tiles,
    jobs: createFakeJobs(),
    noaaAgreement: { get: async () => null, accept: async () => assert.fail('no request is made') },
    instance: {
      details: async () => assert.fail('no request is made'),
      diagnostics: async () => assert.fail('no request is made'),
    },
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
