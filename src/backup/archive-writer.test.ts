import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { messageOf } from '#lib/errors.ts'
import { createArchiveWriter } from './archive-writer.ts'

test('a backup to a full disk names the file and the reason, whichever entry comes next', {
  skip: process.platform !== 'linux' && 'needs /dev/full',
}, async () => {
  const writer = createArchiveWriter('/dev/full')
  const messages: string[] = []
  // The first entries still find room in memory.
  for (let i = 0; i < 5; i++) {
    await writer.add(`entry-${i}`, 3, Buffer.from('abc')).catch((error: unknown) => messages.push(messageOf(error)))
    for (let turns = 0; turns < 50; turns++) await turn()
  }
  await writer.finish().catch((error: unknown) => messages.push(messageOf(error)))
  writer.destroy()
  assert.ok(messages.length > 1)
  for (const message of messages)
    assert.match(message, /^the backup \/dev\/full cannot be written: ENOSPC: no space left on device/)
})
