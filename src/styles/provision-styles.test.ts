import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { createAccounts } from '#accounts/accounts.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase } from '#test/database.ts'
import { provisionStyles } from './provision-styles.ts'
import { createStyles } from './styles.ts'

const database = await createTestDatabase()
const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-styles-'))
after(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})
const { db } = database
const lines: { level: number; msg: string; file?: string }[] = []
const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) })
const styles = createStyles({ db, clock: systemClock })
const accounts = createAccounts({ db, clock: systemClock, log: silentLog(), secretKey: randomBytes(32) })
await accounts.provision({ adminUsername: 'captain', adminPassword: 'secret', defaultToken: null })
const { id: account } = await db.selectFrom('account').select('id').executeTakeFirstOrThrow()

const run = (options?: { expected: boolean }) => provisionStyles({ db, clock: systemClock, log }, folder, options)
const write = (name: string, content: unknown) =>
  writeFile(path.join(folder, 'styles', name), typeof content === 'string' ? content : JSON.stringify(content))
const named = async (name: string) => (await styles.list(account)).filter((style) => style.name === name)

test('a missing folder is not an error, and a warning only when it was configured', async () => {
  await run()
  assert.equal(lines.length, 0)
  await run({ expected: true })
  assert.deepEqual([lines.length, lines[0]?.level], [1, 40])
})

test('each file makes a style with its name in the first account, once', async () => {
  await mkdir(path.join(folder, 'styles'))
  await write('Bridge.json', { name: 'ignored', parameters: { colors: { LANDA: '#101010' }, settings: {}, extra: 1 } })
  await write('Bare.json', { colors: { LANDA: '#202020' } })
  await run()
  await run()
  const [bridge, ...others] = await named('Bridge')
  assert.equal(others.length, 0)
  assert.equal(bridge?.userEmail, 'captain')
  assert.deepEqual(bridge?.parameters, { colors: { LANDA: '#101010' }, settings: {}, extra: 1 })
  assert.equal((await named('Bare')).length, 1)
})

test('an unchanged file leaves the edits of users, and a changed one updates the style in place', async () => {
  const [style] = await named('Bridge')
  assert.ok(style)
  await styles.update(account, style.id, { parameters: { colors: { LANDA: '#303030' } } })
  await run()
  assert.deepEqual((await named('Bridge'))[0]?.parameters, { colors: { LANDA: '#303030' } })
  await write('Bridge.json', { parameters: { colors: { LANDA: '#404040' } } })
  await run()
  const [updated] = await named('Bridge')
  assert.equal(updated?.id, style.id)
  assert.deepEqual(updated?.parameters, { colors: { LANDA: '#404040' } })
})

test('a style that a user made under the name of a file is updated by it', async () => {
  const user = await db.selectFrom('app_user').select(['id', 'username']).executeTakeFirstOrThrow()
  const made = await styles.create(
    { accountId: account, userId: user.id, username: user.username },
    { name: 'Chosen', theme: 'day' },
  )
  await write('Chosen.json', { settings: { depthLimit: 9 } })
  await run()
  assert.deepEqual(
    (await named('Chosen')).map(({ id, parameters }) => ({ id, parameters })),
    [{ id: made.id, parameters: { settings: { depthLimit: 9 } } }],
  )
})

test('a bad file is named in the log with its reason, and the others still count', async () => {
  lines.length = 0
  await write('broken.json', '{ "colors": ')
  await write('list.json', [])
  await write('wrong.json', { settings: { depthUnits: 'yards' } })
  await write('nul.json', '{ "settings": { "note": "\\u0000" } }')
  await write('good.json', { settings: {} })
  await mkdir(path.join(folder, 'styles', 'folder.json'))
  await run()
  const errors = lines.filter(({ level }) => level === 50)
  assert.deepEqual(
    errors.map(({ file }) => path.basename(file ?? '')),
    ['broken.json', 'folder.json', 'list.json', 'nul.json', 'wrong.json'],
  )
  assert.match(errors.at(-1)?.msg ?? '', /parameters\/settings\/depthUnits must be one of meters, feet, fathoms/)
  assert.equal((await named('good')).length, 1)
})

test('a database that fails stops no start', async () => {
  const broken = await createTestDatabase()
  await broken.close()
  await write('Bridge.json', { parameters: { colors: { LANDA: '#505050' } } })
  lines.length = 0
  await provisionStyles({ db: broken.db, clock: systemClock, log }, folder)
  assert.match(lines.at(-1)?.msg ?? '', /could not be stored/)
})
