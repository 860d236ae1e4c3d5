import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEventParser, type StreamEvent } from './event-parser.ts'

function parse(...pieces: string[]): { events: StreamEvent[]; retries: number[] } {
  const events: StreamEvent[] = []
  const retries: number[] = []
  const take = createEventParser({ onEvent: (event) => events.push(event), onRetry: (ms) => retries.push(ms) })
  for (const piece of pieces) take(piece)
  return { events, retries }
}

test('an event is complete at its blank line', () => {
  assert.deepEqual(parse('event: job\nid: 1.a\ndata: {"a":1}\n').events, [])
  assert.deepEqual(parse('event: job\nid: 1.a\ndata: {"a":1}\n\n').events, [{ name: 'job', id: '1.a', data: '{"a":1}' }])
})

test('a stream cut at every byte parses as the whole does', () => {
  const text = 'retry: 3000\r\n\r\n: still here\r\n\r\nevent: reset\r\ndata: {}\r\n\r\nid: 7\r\ndata: one\r\ndata: two\r\n\r\n'
  assert.deepEqual(parse(...text), parse(text))
  assert.deepEqual(parse(text), {
    events: [
      { name: 'reset', id: null, data: '{}' },
      { name: 'message', id: '7', data: 'one\ntwo' },
    ],
    retries: [3000],
  })
})

test('comments, unknown fields and a retry that is not a number are skipped', () => {
  assert.deepEqual(parse(': hello\nfoo: bar\nretry: soon\ndata\n\n').events, [{ name: 'message', id: null, data: '' }])
})
