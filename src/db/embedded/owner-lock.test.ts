import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { calledWithoutDescriptors } from '#test/starved.ts'
import { takeOwnerLock } from './owner-lock.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-lock-'))
})
after(() => rm(folder, { recursive: true, force: true }))

test('a second owner of a data directory is refused until the first has released it', () => {
  const file = path.join(folder, 'owner.lock')
  const first = takeOwnerLock(file)
  assert.throws(() => takeOwnerLock(file), /^EmbeddedPostgresError: another Chartroom is running on this data directory/)
  first.release()
  takeOwnerLock(file).release()
})

test('a lock that cannot be opened because its folder is missing blames the disk', () => {
  assert.throws(() => takeOwnerLock(path.join(folder, 'none', 'owner.lock')), /DATA_DIR must be on a local disk/)
})

test('a lock that cannot be opened for want of file descriptors does not blame the disk', {
  skip: process.platform !== 'linux' && 'needs ulimit',
}, () => {
  const message = calledWithoutDescriptors(
    path.join(import.meta.dirname, 'owner-lock.ts'),
    'takeOwnerLock',
    path.join(folder, 'other.lock'),
  )
  assert.match(message, /^cannot open .*other\.lock to lock it: EMFILE: too many open files/)
})
