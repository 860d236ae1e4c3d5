import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCell } from './read-cell.ts'
import { referencedFiles } from './referenced-files.ts'
import { writeCell } from './writer/write-cell.ts'

test('text and picture files are listed once, with the number of references', () => {
  const place = { objectClass: 'SEAARE', geometry: { type: 'Point' as const, coordinates: [1, 2] } }
  const bytes = writeCell({
    name: 'XX5FILES',
    nationalLevel: 2,
    features: [
      { ...place, attributes: { TXTDSC: 'XX0001.TXT', PICREP: 'XX0002.TIF' } },
      { ...place, attributes: { TXTDSC: 'xx0001.txt' }, nationalAttributes: { NTXTDS: 'XXN001.TXT' } },
      { ...place, attributes: { PICREP: 'PICS\\..\\XX0003.JPG', NTXTDS: 'XXN001.TXT', TXTDSC: '' } },
      { ...place, attributes: { TXTDSC: '..' } },
    ],
  })
  assert.deepEqual(referencedFiles(readCell({ name: 'XX5FILES.000', bytes }).features()), [
    { name: 'XX0001.TXT', kind: 'text', uses: 2 },
    { name: 'XX0002.TIF', kind: 'picture', uses: 1 },
    { name: 'XX0003.JPG', kind: 'picture', uses: 1 },
    { name: 'XXN001.TXT', kind: 'text', uses: 2 },
  ])
})
