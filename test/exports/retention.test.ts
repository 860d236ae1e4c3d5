import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { packKey } from '#exports/export-record.ts'
import { finishExport } from '#exports/export-store.ts'
import type { PackSpec } from '#exports/pack-spec.ts'
import { newId } from '#lib/ids.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createTestExports } from '#test/exports.ts'
import { createManualClock } from '#test/manual-clock.ts'
import { unusedTiles } from '#test/tiles.ts'
import { addUser, startFixture } from '../http/server-fixture.ts'

// Packs are kept for some days; then their files and rows go, and nothing else does.

const DAY = 86_400_000
const fixture = await startFixture()
const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-packs-'))
const storage = createFolderStore(folder)
const clock = createManualClock(Date.now())
const exports = createTestExports({ db: fixture.db, storage, tiles: unusedTiles(), clock })
const { accountId, userId } = await addUser(fixture, 'kim')
const { signal } = new AbortController()
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const SPEC: PackSpec = {
  ...{ box: [-35.05, 42.85, -34.8, 43.05], minZoom: 6, maxZoom: 9, kind: 'vector' },
  ...{ format: 'pmtiles', theme: 'day', styleId: null },
}

/** A pack with its file, finished now; null leaves it in the making. */
async function addPack(keptFor: number | null): Promise<string> {
  const id = newId()
  await exports.insert(fixture.db, newId(), { id, accountId, userId, creator: 'kim', spec: SPEC, mostTiles: 8 })
  if (keptFor === null) return id
  const fileSize = await storage.put(packKey(id), Buffer.from('a pack'))
  const now = clock.now()
  const file = { tiles: 8, fileSize, finishedAt: new Date(now), expiresAt: new Date(now + keptFor) }
  assert.ok(await finishExport(fixture.db, id, file))
  return id
}

const listed = async () => (await exports.list(accountId)).map(({ id }) => id).toSorted()
const stored = async () => {
  const keys: string[] = []
  for await (const { key } of storage.list('exports/')) keys.push(key)
  return keys.toSorted()
}

test('a pack whose time is over loses its file, its row and its addresses; younger and unfinished packs stay', async () => {
  const old = await addPack(14 * DAY)
  const unfinished = await addPack(null)
  clock.advance(4 * DAY)
  const young = await addPack(14 * DAY)
  assert.equal(await exports.removeExpired(signal), 0, 'nothing is due yet')

  clock.advance(10 * DAY - 1_000)
  const { ticket } = await exports.issueTicket(accountId, old)
  assert.equal((await exports.openDownload(ticket, 'begin')).fileSize, 6)
  clock.advance(1_000)
  assert.equal(await exports.removeExpired(signal), 1)

  assert.deepEqual(await listed(), [unfinished, young].toSorted())
  assert.deepEqual(await stored(), [packKey(young)])
  await assert.rejects(exports.openDownload(ticket, 'resume'), { code: 'DOWNLOAD_GONE' })
  await assert.rejects(exports.get(accountId, old), { code: 'EXPORT_NOT_FOUND' })
  assert.equal(await exports.removeExpired(signal), 0, 'a second round finds nothing')
  await exports.delete(accountId, unfinished)
  await exports.delete(accountId, young)
})

test('a removal that was cut off between file and row is finished by the next one', async () => {
  const id = await addPack(DAY)
  await storage.delete(packKey(id))
  clock.advance(2 * DAY)
  assert.equal(await exports.removeExpired(signal), 1)
  assert.deepEqual(await listed(), [])
})

test('addresses of downloads that can no longer be used are swept, those that can be resumed stay', async () => {
  const id = await addPack(30 * DAY)
  await exports.issueTicket(accountId, id)
  clock.advance(DAY)
  const { ticket } = await exports.issueTicket(accountId, id)
  await exports.openDownload(ticket, 'begin')
  clock.advance(3_600_000)
  await exports.removeExpired(signal)
  const left = await fixture.db.selectFrom('export_download').select('begun_at').where('export_id', '=', id).execute()
  assert.deepEqual([left.length, left[0]?.begun_at !== null], [1, true])
  assert.equal((await exports.openDownload(ticket, 'resume')).id, id)
})
