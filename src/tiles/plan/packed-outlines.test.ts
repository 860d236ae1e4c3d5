import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chartCell } from '#test/chart-cell.ts'
import { packOutlines, unpackOutlines } from './packed-outlines.ts'

test('outlines come out of shared memory as they were packed', async () => {
  const outlines = Array.from({ length: 700 }, (_, i) => chartCell(`C${i}`, '', [i / 10, 50, i / 10 + 1, 51]).outline)
  const packed = await packOutlines(outlines)
  assert.ok(packed.buffer instanceof SharedArrayBuffer)
  assert.deepEqual(
    unpackOutlines(packed).map(({ xy, ringStart, boxes }) => [[...xy], [...ringStart], boxes]),
    outlines.map(({ xy, ringStart, boxes }) => [[...xy], [...ringStart], boxes]),
  )
  assert.deepEqual(unpackOutlines(await packOutlines([])), [])
})
