import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CatalogueError } from './catalogue-error.ts'
import { readCatalogue } from './read-catalogue.ts'

interface Entry {
  [field: string]: string
}

const ENTRY: Entry = {
  name: 'AA5AAAA1',
  lname: 'Harbour &amp; Approaches',
  cscale: '12000',
  status: 'Active',
  zipfile_location: 'https://charts.example/ENCs/AA5AAAA1.zip',
  zipfile_size: '4321',
  edtn: '3',
  updn: '2',
  uadt: '2026-01-02',
  isdt: '2026-03-04',
}

function cell(fields: Entry = {}, more = ''): string {
  const elements = Object.entries({ ...ENTRY, ...fields }).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<cell>${elements.join('')}${more}</cell>`
}

function document(...cells: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<EncProductCatalog><Header><title>A title</title><dt_valid>2026-09-01T04:53:41Z</dt_valid></Header>${cells.join('')}</EncProductCatalog>`
}

function read(text: string, chunkBytes = 1_000) {
  async function* chunks() {
    const bytes = new TextEncoder().encode(text)
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  return readCatalogue(chunks())
}

function panel(...vertices: [longitude: number, latitude: number][]): string {
  return `<panel><panel_no>1</panel_no><type>E</type>${vertices.map(([x, y]) => `<vertex><lat>${y}</lat><long>${x}</long></vertex>`).join('')}</panel>`
}

test('the catalogue reader returns every field of an entry, however the bytes are split', async () => {
  const lists =
    '<states><state>GA</state><state>sc</state></states><coast_guard_districts><coast_guard_district>7</coast_guard_district></coast_guard_districts>'
  const text = document(
    cell({ lname: 'Åland &amp; Saint-Malo' }, `${lists}<cov>${panel([-81, 31], [-80, 31], [-80, 32], [-81, 31])}</cov>`),
  )
  for (const chunkBytes of [1, 2, 3, 100_000]) {
    const catalogue = await read(text, chunkBytes)
    assert.equal(catalogue.title, 'A title')
    assert.equal(catalogue.validFrom, '2026-09-01T04:53:41Z')
    assert.deepEqual(catalogue.warnings, [])
    assert.deepEqual(catalogue.entries, [
      {
        name: 'AA5AAAA1',
        title: 'Åland & Saint-Malo',
        scale: 12000,
        status: 'active',
        zipUrl: 'https://charts.example/ENCs/AA5AAAA1.zip',
        zipSize: 4321,
        edition: 3,
        update: 2,
        updateDate: '2026-01-02',
        issueDate: '2026-03-04',
        states: ['GA', 'SC'],
        districts: ['7'],
        box: [-81, 31, -80, 32],
      },
    ])
  }
})

test('the catalogue reader accepts a regional root element with a suffix', async () => {
  const text = document(cell()).replaceAll('EncProductCatalog', 'EncProductCatalogCA')
  assert.equal((await read(text)).entries.length, 1)
})

test('the entry of a cancelled cell needs neither coverage nor zip', async () => {
  const { entries } = await read(document(cell({ status: 'Cancelled', zipfile_location: '', zipfile_size: '0' })))
  assert.deepEqual([entries[0]?.status, entries[0]?.box, entries[0]?.zipUrl], ['cancelled', null, null])
})

test('longitudes beyond -180 are normalised, and west exceeds east in a box across the antimeridian', async () => {
  const over = cell({}, `<cov>${panel([-193, 50], [-170, 50], [-170, 60], [-193, 50])}</cov>`)
  const beyond = cell({ name: 'AA5AAAA2' }, `<cov>${panel([-219, 7], [-217, 7], [-217, 8], [-219, 7])}</cov>`)
  const { entries } = await read(document(over, beyond))
  assert.deepEqual(
    entries.map((each) => each.box),
    [
      [167, 50, -170, 60],
      [141, 7, 143, 8],
    ],
  )
})

test('values of 200,000 characters are cut', async () => {
  const long = '-a'.repeat(100_000)
  const text = document(cell({ lname: long })).replace('2026-09-01T04:53:41Z', long)
  const { validFrom, entries } = await read(text, 100_000)
  assert.deepEqual([validFrom?.length, entries[0]?.title?.length], [40, 2_000])
})

describe('the catalogue reader ignores an unusable entry with a warning', () => {
  const cases: [fields: Entry, warning: RegExp, unusable: string[]][] = [
    [{ name: '' }, /"" is not a cell name/, []],
    [{ name: '../../ETC' }, /is not a cell name of eight letters and digits/, []],
    [{ name: 'AA5AAAA12' }, /is not a cell name/, []],
    [{ name: 'AA5AAAA2', status: 'Sunk' }, /AA5AAAA2 has the status "sunk"/, ['AA5AAAA2']],
    [{ name: 'AA5AAAA2', edtn: '' }, /AA5AAAA2 has no edition number/, ['AA5AAAA2']],
    [{ name: 'AA5AAAA2', edtn: '-1' }, /AA5AAAA2 has no edition number/, ['AA5AAAA2']],
    [{ name: 'AA5AAAA2', updn: 'two' }, /AA5AAAA2 has no update number/, ['AA5AAAA2']],
    [{ name: 'AA5AAAA2', zipfile_location: '' }, /AA5AAAA2 has no zipfile_location/, ['AA5AAAA2']],
    [{ name: 'AA5AAAA1' }, /lists AA5AAAA1 twice/, []],
  ]
  for (const [fields, warning, unusable] of cases) {
    test(JSON.stringify(fields), async () => {
      const catalogue = await read(document(cell(), cell(fields)))
      assert.deepEqual(
        catalogue.entries.map((each) => each.name),
        ['AA5AAAA1'],
      )
      assert.equal(catalogue.warnings.length, 1)
      assert.match(catalogue.warnings[0] ?? '', warning)
      assert.deepEqual(catalogue.unusable, unusable)
    })
  }

  test('an impossible date becomes null and the entry stays', async () => {
    const { entries } = await read(document(cell({ isdt: '2026-02-31', uadt: 'soon' })))
    assert.deepEqual([entries[0]?.issueDate, entries[0]?.updateDate], [null, null])
  })
})

describe('the catalogue reader refuses', () => {
  const cases: [title: string, text: string, message: RegExp][] = [
    ['an empty file', '', /^the catalogue is empty$/],
    ['plain text', 'Service unavailable', /^the catalogue is not XML/],
    ['bytes of a zip', 'PK\u0003\u0004', /^the catalogue is not XML/],
    ['an HTML page', '<!DOCTYPE html><html><body><p>Hello', /root element is <html>, expected <EncProductCatalog>/],
    [
      'a foreign root element',
      '<IENCU37ProductCatalog><Cell/></IENCU37ProductCatalog>',
      /root element is <IENCU37ProductCatalog>/,
    ],
    ['a catalogue without cells', document(), /^the catalogue lists no cells$/],
    ['a catalogue of unusable cells', document(cell({ name: '?' })), /^none of the catalogue's 1 entries is usable/],
    ['crossed tags', document('<cell><name>AA5AAAA1</cell></name>'), /^the catalogue is broken at line 2/],
    ['an unknown entity', document(cell({ lname: '&bomb;' })), /^the catalogue is broken at line 2/],
    ['an endless tag', `<EncProductCatalog ${'x'.repeat(4_000_000)}`, /longer than a megabyte/],
    ['an endless text', `<EncProductCatalog><Header><title>${'x'.repeat(4_000_000)}`, /longer than a megabyte/],
    ['endlessly nested elements', `<EncProductCatalog>${'<a>'.repeat(1_000)}`, /nested too deeply/],
  ]
  for (const [title, text, message] of cases) {
    test(title, async () => {
      await assert.rejects(read(text, 50_000), (error) => {
        assert.ok(error instanceof CatalogueError)
        assert.match(error.message, message)
        return true
      })
    })
  }

  test('text that is not UTF-8', async () => {
    async function* chunks() {
      yield new Uint8Array([0x3c, 0xff, 0xfe, 0x3e])
    }
    await assert.rejects(readCatalogue(chunks()), /not UTF-8/)
  })

  test('a catalogue truncated at any byte', async () => {
    const whole = document(cell(), cell({ name: 'AA5AAAA2' }))
    for (let end = 1; end < whole.length; end++) await assert.rejects(read(whole.slice(0, end)), CatalogueError, `cut at ${end}`)
    assert.equal((await read(whole)).entries.length, 2)
  })
})

test('an aborted signal stops the catalogue reader', async () => {
  async function* endless() {
    for (;;) yield new TextEncoder().encode('<!-- -->')
  }
  const controller = new AbortController()
  const reading = readCatalogue(endless(), {
    signal: controller.signal,
    onProgress: (bytes) => bytes > 100 && controller.abort(new Error('enough')),
  })
  await assert.rejects(reading, /enough/)
})
