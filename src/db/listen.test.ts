import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase } from '#test/database.ts'
import { startDatabaseProxy } from '#test/database-proxy.ts'
import { listen } from './listen.ts'

test('a listener notices a server that goes silent, and receives notifications again once it is back', async () => {
  await using database = await createTestDatabase()
  await using proxy = await startDatabaseProxy(database.url)
  const lines: unknown[] = []
  let connected = Promise.withResolvers<void>()
  const lost = Promise.withResolvers<void>()
  const heard = Promise.withResolvers<string>()
  const log = Object.assign(silentLog(), {
    warn(_fields: object, text: string) {
      lines.push(text)
      lost.resolve()
    },
  })
  const listener = listen({
    url: proxy.url,
    channels: ['tide'],
    log,
    onConnect: () => connected.resolve(),
    onNotification: (_channel, payload) => heard.resolve(payload),
    probeInterval: 20,
    probeTimeout: 1_000,
  })
  await connected.promise
  connected = Promise.withResolvers<void>()
  proxy.goSilent()
  await lost.promise
  assert.equal(listener.listening(), false)
  proxy.recover()
  await connected.promise
  assert.equal(listener.listening(), true)
  await sql`select pg_notify('tide', 'high')`.execute(database.db)
  assert.equal(await heard.promise, 'high')
  await listener.close()
  assert.deepEqual(lines, ['lost the connection that listens for notifications; reconnecting'])
})
