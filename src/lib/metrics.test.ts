import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMetrics, sumOf } from '#test/metrics.ts'
import { createMetrics } from './metrics.ts'

test('counters, histograms and gauges appear in the text format', async () => {
  const metrics = createMetrics()
  const counter = metrics.counter('boats_total', 'Boats.', ['kind'])
  counter.add({ kind: 'sail' })
  counter.add({ kind: 'sail' }, 2)
  metrics.histogram('draught_metres', 'Draught.', [1, 2]).observe(1.5)
  metrics.gauge('depth_metres', 'Depth.', () => [{ labels: {}, value: 7 }])
  const text = await metrics.text()
  assert.match(text, /# HELP boats_total Boats\.\n# TYPE boats_total counter\n/)
  const lines = parseMetrics(text)
  assert.equal(sumOf(lines, 'boats_total', { kind: 'sail' }), 3)
  assert.equal(sumOf(lines, 'draught_metres_bucket', { le: '1' }), 0)
  assert.equal(sumOf(lines, 'draught_metres_bucket', { le: '2' }), 1)
  assert.equal(sumOf(lines, 'depth_metres'), 7)
})

test('a gauge that cannot be read is omitted, and the others are returned', async () => {
  const failed: string[] = []
  const metrics = createMetrics({ onError: (name) => failed.push(name) })
  let broken = false
  metrics.gauge('first', 'First.', () => {
    if (broken) throw new Error('gone')
    return [{ labels: {}, value: 1 }]
  })
  metrics.gauge('second', 'Second.', async () => [{ labels: { a: 'b' }, value: 2 }], ['a'])
  assert.equal(parseMetrics(await metrics.text()).length, 2)
  broken = true
  assert.deepEqual(parseMetrics(await metrics.text()), [{ name: 'second', labels: { a: 'b' }, value: 2 }])
  assert.deepEqual(failed, ['first'])
})

test('two registries count separately', async () => {
  const [one, other] = [createMetrics(), createMetrics()]
  one.counter('x_total', 'X.').add()
  other.counter('x_total', 'X.')
  assert.equal(sumOf(parseMetrics(await one.text()), 'x_total'), 1)
  assert.equal(sumOf(parseMetrics(await other.text()), 'x_total'), 0)
})
