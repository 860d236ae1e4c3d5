import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Catalogue } from './catalogue.ts'
import { readCatalogue } from './read-catalogue.ts'
import { usaceFormat } from './usace-format.ts'

const S57 = `<s57_file><location>https://ienccloud.us/files/U37AG001.zip</location><date_posted>06/30/2026</date_posted>
  <time_posted>09:40</time_posted><file_size>7.7 MB</file_size></s57_file>`
const SHAPES =
  '<shp_file><location>https://ienccloud.us/x.zip</location><date_posted>07/01/2026</date_posted><file_size></file_size></shp_file>'

function read(cells: string, root = 'IENCU37ProductCatalog'): Promise<Catalogue> {
  const header = '<Header><title>IENC</title><date_created>09/17/2026</date_created></Header>'
  async function* chunks() {
    yield new TextEncoder().encode(`<${root}>${header}${cells}</${root}>`)
  }
  return readCatalogue(chunks(), { format: usaceFormat })
}

test('a cell has edition, update, date of posting, about its size, title, states and box from the catalogue', async () => {
  const { title, validFrom, entries, warnings } = await read(`<Cell><name>U37AG001</name>
    <location><from>Pittsburgh, PA</from><to>Allegheny Lock No. 8</to></location><river_name>Allegheny</river_name>
    <area><north>40.8</north><south>40.4</south><east>-79.5</east><west>-80</west></area>
    <edition>22.16</edition>${SHAPES}${S57}</Cell>`)
  assert.deepEqual([title, validFrom, warnings], ['IENC', '2026-09-17', []])
  assert.deepEqual(entries, [
    {
      ...{ name: 'U37AG001', title: 'Allegheny: Pittsburgh, PA to Allegheny Lock No. 8', scale: null, status: 'active' },
      ...{ zipUrl: 'https://ienccloud.us/files/U37AG001.zip', zipSize: null, aboutBytes: 8_074_035 },
      ...{ edition: 22, update: 16, updateDate: '2026-06-30', issueDate: null },
      ...{ states: ['PA'], districts: [], box: [-80, 40.4, -79.5, 40.8] },
    },
  ])
})

for (const [what, cell, reason] of [
  ['without an S-57 file', `<name>U37AG002</name><edition>1.0</edition>${SHAPES}`, /no address of an S-57 file/],
  ['without an edition', `<name>U37AG002</name>${S57}`, /no edition/],
  ['with an odd edition', `<name>U37AG002</name><edition>one</edition>${S57}`, /no edition/],
  ['with a name that is no file name', `<name>../etc</name><edition>1.0</edition>${S57}`, /is not a cell name/],
] as const) {
  test(`a cell ${what} is left out with a warning`, async () => {
    const good = `<Cell><name>U37AG001</name><edition>25</edition>${S57}</Cell>`
    const { entries, warnings } = await read(`${good}<Cell>${cell}</Cell>`)
    assert.deepEqual(
      entries.map(({ name, edition, update, box, title }) => [name, edition, update, box, title]),
      [['U37AG001', 25, 0, null, null]],
    )
    assert.match(warnings[0] ?? '', reason)
  })
}

test('the buoys have a catalogue in the same form, and a catalogue of sea charts is refused', async () => {
  const cell = `<Cell><name>U37AG001</name><edition>1.0</edition>${S57}</Cell>`
  assert.equal((await read(cell, 'IENCBuoyProductCatalog')).entries.length, 1)
  await assert.rejects(read(cell, 'EncProductCatalog'), /expected <IENCU37ProductCatalog>/)
})
