import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { createEventStream, eventFrame } from './event-stream.ts'

const frame = (key: string, data: unknown) => eventFrame({ name: 'job', id: key, data: JSON.stringify(data) })

test('a frame is an event of the specification: name, id and one line of data', () => {
  assert.equal(frame('1.x', { text: 'two\nlines' }), 'event: job\nid: 1.x\ndata: {"text":"two\\nlines"}\n\n')
  assert.equal(eventFrame({ name: 'reset', data: '{}' }), 'event: reset\ndata: {}\n\n')
})

test('a client that reads gets every frame, in order', async () => {
  const stream = createEventStream({ opening: 'retry: 1\n\n', maximumBytes: 1_000 })
  const got: string[] = []
  stream.body.on('data', (chunk: Buffer) => got.push(chunk.toString()))
  for (let n = 0; n < 100; n++) {
    stream.send('a', frame('a', n))
    // Its reader takes one at a time: without a turn the newest would replace the others, as it should.
    while (stream.waiting() > 0) await new Promise(setImmediate)
  }
  stream.end()
  await once(stream.body, 'end')
  assert.deepEqual(got, ['retry: 1\n\n', ...Array.from({ length: 100 }, (_, n) => frame('a', n))])
  assert.equal(stream.taken(), 101)
})

test('a client that does not read gets the newest frame of each key, in the order the keys came', async () => {
  const stream = createEventStream({ opening: 'retry: 1\n\n', maximumBytes: 100_000 })
  for (let n = 0; n < 10_000; n++) for (const key of ['a', 'b', 'c']) stream.send(key, frame(key, n))
  assert.equal(stream.waiting(), 4)
  const got: string[] = []
  stream.body.on('data', (chunk: Buffer) => got.push(chunk.toString()))
  while (stream.waiting() > 0) await new Promise(setImmediate)
  assert.deepEqual(got.slice(1), [frame('a', 9_999), frame('b', 9_999), frame('c', 9_999)])
})

test('too many bytes give way to one reset, after which new frames come again', async () => {
  const stream = createEventStream({ opening: 'retry: 1\n\n', maximumBytes: 10_000 })
  for (let n = 0; n < 100_000; n++) {
    stream.send(`key ${n}`, frame('k', n))
    assert.ok(stream.waiting() < 500)
  }
  const got: string[] = []
  stream.body.on('data', (chunk: Buffer) => got.push(chunk.toString()))
  while (stream.waiting() > 0) await new Promise(setImmediate)
  assert.equal(got.filter((each) => each.startsWith('event: reset')).length, 1)
  assert.equal(got[0], 'event: reset\ndata: {}\n\n')
  assert.equal(got.at(-1), frame('k', 99_999))
})

test('a single frame above the limit of waiting bytes is still sent', async () => {
  const stream = createEventStream({ opening: '\n', maximumBytes: 100 })
  stream.body.resume()
  while (stream.waiting() > 0) await new Promise(setImmediate)
  stream.body.pause()
  const large = frame('a', 'x'.repeat(1_000))
  stream.send('a', large)
  const got: string[] = []
  stream.body.on('data', (chunk: Buffer) => got.push(chunk.toString()))
  stream.body.resume()
  while (got.length === 0) await new Promise(setImmediate)
  assert.deepEqual(got, [large])
})

test('a heartbeat waits behind nothing and never piles up; the end drops what waits', async () => {
  const stream = createEventStream({ opening: 'o\n', maximumBytes: 1_000 })
  stream.heartbeat()
  assert.equal(stream.waiting(), 1, 'the opening is there')
  const got: string[] = []
  stream.body.on('data', (chunk: Buffer) => got.push(chunk.toString()))
  while (stream.waiting() > 0) await new Promise(setImmediate)
  stream.body.pause()
  for (let n = 0; n < 10; n++) stream.heartbeat()
  assert.ok(stream.waiting() <= 1)
  stream.end()
  stream.send('a', frame('a', 1))
  stream.reset()
  assert.equal(stream.waiting(), 0)
  stream.body.resume()
  await once(stream.body, 'end')
  assert.ok(!got.some((each) => each.startsWith('event:')))
})
