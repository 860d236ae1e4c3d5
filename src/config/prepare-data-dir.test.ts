import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { ConfigError } from './config-error.ts'
import { prepareDataDir } from './prepare-data-dir.ts'

let top: string
before(async () => {
  top = await mkdtemp(path.join(os.tmpdir(), 'chartroom-data-dir-'))
})
after(() => rm(top, { recursive: true, force: true }))

test('the folder is made with those above it, and the probe leaves nothing', async () => {
  const folder = path.join(top, 'a', 'b c')
  await prepareDataDir(folder)
  await prepareDataDir(folder)
  assert.deepEqual(await readdir(folder), [])
})

test('a file in its place', async () => {
  const file = path.join(top, 'file')
  await writeFile(file, '')
  await assert.rejects(prepareDataDir(file), (error: Error) => {
    assert.ok(error instanceof ConfigError)
    assert.match(error.message, /^DATA_DIR is ".*file", where the account ".*" cannot keep files \(EEXIST.*\); it takes a folder/)
    return true
  })
})

// A place that nobody can write to, root included.
test('a folder that cannot be written to', { skip: process.platform === 'linux' ? false : 'needs /proc' }, async () => {
  await assert.rejects(
    prepareDataDir('/proc/self/chartroom'),
    /DATA_DIR is "\/proc\/self\/chartroom".*it takes a folder on a local disk/,
  )
  await assert.rejects(prepareDataDir('/proc'), /DATA_DIR is "\/proc"/)
})
