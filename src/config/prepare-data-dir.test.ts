import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { calledWithoutDescriptors } from '#test/starved.ts'
import { ConfigError } from './config-error.ts'
import { prepareDataDir } from './prepare-data-dir.ts'

let top: string
before(async () => {
  top = await mkdtemp(path.join(os.tmpdir(), 'chartroom-data-dir-'))
})
after(() => rm(top, { recursive: true, force: true }))

test('preparing DATA_DIR creates the folder with its parents and leaves no probe file', async () => {
  const folder = path.join(top, 'a', 'b c')
  await prepareDataDir(folder)
  await prepareDataDir(folder)
  assert.deepEqual(await readdir(folder), [])
})

test('a file in place of DATA_DIR is refused', async () => {
  const file = path.join(top, 'file')
  await writeFile(file, '')
  await assert.rejects(prepareDataDir(file), (error: Error) => {
    assert.ok(error instanceof ConfigError)
    assert.match(
      error.message,
      /^DATA_DIR is ".*file", where the account ".*" cannot store files \(EEXIST.*\); it takes a folder/,
    )
    return true
  })
})

test('a DATA_DIR that cannot be tried out for want of file descriptors is not blamed', {
  skip: process.platform !== 'linux' && 'needs ulimit',
}, () => {
  const message = calledWithoutDescriptors(
    path.join(import.meta.dirname, 'prepare-data-dir.ts'),
    'prepareDataDir',
    path.join(top, 'new'),
  )
  assert.match(message, /^DATA_DIR could not be tried out: EMFILE: too many open files/)
  assert.doesNotMatch(message, /local disk/)
})

// No account can write there, not even root.
test('a DATA_DIR that cannot be written to is refused', {
  skip: process.platform === 'linux' ? false : 'needs /proc',
}, async () => {
  await assert.rejects(
    prepareDataDir('/proc/self/chartroom'),
    /DATA_DIR is "\/proc\/self\/chartroom".*it takes a folder on a local disk/,
  )
  await assert.rejects(prepareDataDir('/proc'), /DATA_DIR is "\/proc"/)
})

test('a folder of DATA_DIR that cannot be written to is named, with all that are wrong', async () => {
  const folder = path.join(top, 'half')
  await mkdir(path.join(folder, 'tiles'), { recursive: true })
  await prepareDataDir(folder, ['blobs', 'tiles'])
  await writeFile(path.join(folder, 'blobs'), '')
  await assert.rejects(prepareDataDir(folder, ['blobs', 'tiles']), (error: Error) => {
    assert.ok(error instanceof ConfigError)
    assert.match(error.message, /^DATA_DIR is ".*half", and the account ".*" cannot store files in a folder of it \(/)
    assert.match(error.message, /half\/blobs is a file/)
    assert.doesNotMatch(error.message, /half\/tiles/)
    assert.match(error.message, /must belong to this account: chown -R it/)
    return true
  })
})

test('a folder of DATA_DIR that belongs to another account is refused', {
  skip: process.getuid?.() === 0 && 'root may write everywhere',
}, async () => {
  const tiles = path.join(top, 'owned', 'tiles')
  await mkdir(tiles, { recursive: true })
  await chmod(tiles, 0o500)
  await assert.rejects(prepareDataDir(path.dirname(tiles), ['tiles']), /EACCES: permission denied, access '.*tiles'/)
})
