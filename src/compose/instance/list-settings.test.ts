import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { loadConfig } from '#config/load-config.ts'
import { listSettings } from './list-settings.ts'

const document = await readFile(path.resolve(import.meta.dirname, '../../../docs/operations.md'), 'utf8')
const settingIn = (env: Record<string, string>, wanted: string) =>
  listSettings(loadConfig(env)).find(({ name }) => name === wanted)?.value

test('docs/operations.md and the settings in force have the same variables, except those of the very first start', () => {
  const settings = document.slice(document.indexOf('## Settings'), document.indexOf('## Sizing'))
  const cells = settings.match(/^\| `[^|]*\|/gm)?.join(' ') ?? ''
  const documented = [...cells.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name = '']) => name)
  assert.ok(documented.length > 50)
  const firstStart = ['INITIAL_ADMIN_USERNAME', 'INITIAL_ADMIN_PASSWORD']
  const listed = listSettings(loadConfig({})).map(({ name }) => name)
  assert.deepEqual(listed.toSorted(), documented.filter((name) => !firstStart.includes(name)).toSorted())
})

test('settings of the embedded PostgreSQL are those in force, and none with an external one', () => {
  assert.equal(settingIn({ POSTGRES_JIT: 'true' }, 'POSTGRES_JIT'), 'on')
  assert.equal(settingIn({ DATABASE_URL: 'postgresql://a:b@host/c' }, 'POSTGRES_JIT'), null)
})

test('keys of a bucket are only said to be set', () => {
  const env = { S3_BUCKET: 'charts', S3_ACCESS_KEY_ID: 'hidden-id', S3_SECRET_ACCESS_KEY: 'hidden-key' }
  assert.equal(settingIn(env, 'S3_ACCESS_KEY_ID'), 'set')
  assert.doesNotMatch(JSON.stringify(listSettings(loadConfig(env))), /hidden/)
})
