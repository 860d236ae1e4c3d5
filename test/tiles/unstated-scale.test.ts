import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latitudeOfY } from '#geo/world.ts'
import { sampleCell } from '#test/cells.ts'
import { compiled } from '#test/compiled-cells.ts'
import { firstZoom } from '#tiles/quilt/cell-order.ts'

test('a cell that states no compilation scale is quilted at the zoom it was compiled for, in every usage band', () => {
  for (const usageBand of [1, 2, 3, 4, 5, 6]) {
    const { header } = compiled(sampleCell({ usageBand, compilationScale: 0 }))
    const quilted = firstZoom({
      ...{ name: header.name, edition: 1, update: 0, issueDate: null },
      // As the table of cells has it: the scale of the chart itself, none.
      ...{ scale: 0, usageBand, latitude: latitudeOfY((header.minY + header.maxY) / 2) },
    })
    assert.equal(quilted, Math.min(16, Math.floor(header.nativeZoom)), `band ${usageBand}`)
  }
})
