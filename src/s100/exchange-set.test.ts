import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import { AnchorError, readAnchor } from './anchor.ts'
import { checkSignature } from './check-signature.ts'
import { productOf, titleOf, twinOf } from './exchange-catalogue.ts'
import { readCatalogueSignature } from './read-catalogue-signature.ts'
import { readExchangeCatalogue } from './read-exchange-catalogue.ts'
import { createSigner, type KeyKind } from './writer/data-server.ts'
import { type ExchangeSetSpec, writeExchangeCatalogue, writeExchangeSet } from './writer/write-exchange-set.ts'

const text = (content: string) => Buffer.from(content)
const administrator = createSigner({ id: 'IHO' })
const server = createSigner({ id: 'urn:mrn:iho:XX:1', by: administrator })
const anchors = [readAnchor('IHO.CRT', administrator.certificate)]

const spec: ExchangeSetSpec = {
  name: 'A <set> & more',
  signer: server,
  datasets: [
    {
      path: 'S-101/DATASET_FILES/101XX00A.000',
      content: text('a dataset'),
      description: 'Harbour ;XX5AAAAA;',
      notForNavigation: true,
    },
    { path: 'S-102/DATASET_FILES/102XX00A.h5', content: text('depths'), product: 'INT.IHO.S-102.3.0.0' },
  ],
  supportFiles: [{ path: 'S-101/SUPPORT_FILES/101XX00T.TXT', content: text('a text') }],
}

/** Reads a written set and checks the signature of its first dataset. */
function checkedFirst(set: ExchangeSetSpec, known = anchors) {
  const [first] = set.datasets
  const { certificates, datasets } = readExchangeCatalogue('CATALOG.XML', text(writeExchangeCatalogue(set)))
  const { signatures, issueDate } = datasets[0]!
  return checkSignature('101XX00A.000', [first!.content], signatures, { certificates, anchors: known, issueDate })
}

describe('the catalogue of an exchange set', () => {
  for (const edition of ['5.0', '5.1', '5.2'] as const) {
    test(`is read in edition ${edition}`, () => {
      const catalogue = readExchangeCatalogue('CATALOG.XML', text(writeExchangeCatalogue({ ...spec, edition })))
      assert.deepEqual([catalogue.name, catalogue.date, catalogue.unusable], ['A <set> & more', '2026-03-01', 0])
      assert.deepEqual(
        catalogue.datasets.map(({ path, issueDate, notForNavigation, signatures }) => [
          ...[path, issueDate, notForNavigation],
          signatures.map(({ certificate }) => certificate),
        ]),
        [
          ['S-101/DATASET_FILES/101XX00A.000', '2026-02-01', true, [server.id]],
          ['S-102/DATASET_FILES/102XX00A.h5', '2026-02-01', false, [server.id]],
        ],
      )
      assert.deepEqual(catalogue.datasets.map(productOf), ['S-101', 'S-102'])
      assert.deepEqual(
        catalogue.supportFiles.map(({ path }) => path),
        ['S-101/SUPPORT_FILES/101XX00T.TXT'],
      )
      const [{ description } = { description: '' }] = catalogue.datasets
      assert.deepEqual([twinOf(description), titleOf(description)], ['XX5AAAAA', 'Harbour'])
    })
  }

  test('may have each entry in a container of its own, without prefixes and with the folder apart', () => {
    const xml = `<S100_ExchangeCatalogue>
      <datasetDiscoveryMetadata><fileName>a.000</fileName><filePath>S-101</filePath></datasetDiscoveryMetadata>
      <datasetDiscoveryMetadata><fileName>b.000</fileName></datasetDiscoveryMetadata>
      <supportFileDiscoveryMetadata/>
    </S100_ExchangeCatalogue>`
    const { datasets, supportFiles } = readExchangeCatalogue('CATALOG.XML', text(xml))
    assert.deepEqual([datasets.map(({ path }) => path), supportFiles], [['S-101/a.000', 'b.000'], []])
  })

  test('counts entries whose file lies outside the set as unusable', () => {
    const outside = { ...spec, datasets: [{ path: '../../secrets.000', content: text('') }] }
    const { datasets, unusable } = readExchangeCatalogue('CATALOG.XML', text(writeExchangeCatalogue(outside)))
    assert.deepEqual([datasets, unusable], [[], 1])
  })

  for (const [what, xml, expected] of [
    ['another root element', '<html></html>', /root element is <html> instead of <S100_ExchangeCatalogue>/],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><S100_ExchangeCatalogue/>', /document type/],
    ['an entity that nobody declared', '<S100_ExchangeCatalogue>&b;</S100_ExchangeCatalogue>', /undefined entity/],
    ['elements that are nested too deeply', `<S100_ExchangeCatalogue>${'<a>'.repeat(50)}`, /nested more than 40 deep/],
    ['a cut off end', '<S100_ExchangeCatalogue><identifier>', /ends inside <S100_ExchangeCatalogue><identifier>/],
    ['a text of more than a megabyte', `<S100_ExchangeCatalogue><a>${'x'.repeat(1_100_000)}</a>`, /longer than a megabyte/],
    ['no XML', 'PK\x03\x04', /CATALOG\.XML is not usable/],
  ] as const) {
    test(`is refused with ${what}`, () => {
      assert.throws(() => readExchangeCatalogue('CATALOG.XML', text(xml)), expected)
    })
  }

  const swapped = (content: string) => Buffer.from(content, 'utf16le').swap16()
  const island = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>
    <S100_ExchangeCatalogue><identifier><identifier>\u00c5land \u00e9</identifier></identifier></S100_ExchangeCatalogue>`
  for (const [encoding, bytes] of [
    ['UTF-16, low byte first', Buffer.from(`\ufeff${island('UTF-16')}`, 'utf16le')],
    ['UTF-16, high byte first', swapped(`\ufeff${island('utf-16')}`)],
    ['UTF-16 without a byte order mark', Buffer.from(island('UTF-16LE'), 'utf16le')],
    ['UTF-16 without a byte order mark, high byte first', swapped(island('UTF-16BE'))],
    ['UTF-8 with a byte order mark', text(`\ufeff${island('UTF-8')}`)],
    ['UTF-8 that says it were UTF-16', text(island('utf-16'))],
    ['UTF-8 that says it were ISO 8859-1', text(island('ISO-8859-1'))],
    ['ISO 8859-1', Buffer.from(island('ISO-8859-1'), 'latin1')],
  ] as const) {
    test(`is read in ${encoding}`, () => {
      assert.equal(readExchangeCatalogue('CATALOG.XML', bytes).name, '\u00c5land \u00e9')
    })
  }

  test('is refused with bytes that are no text of its encoding', () => {
    assert.throws(() => readExchangeCatalogue('CATALOG.XML', Buffer.from([0x3c, 0xe9, 0x3e])), /not in UTF-8/)
    const odd = Buffer.concat([Buffer.from(`\ufeff${island('UTF-16')}`, 'utf16le'), Buffer.from([0x3c])])
    assert.throws(() => readExchangeCatalogue('CATALOG.XML', odd), /not in UTF-16LE/)
  })
})

describe('a signature', () => {
  for (const kind of ['p384', 'dsa'] as const satisfies KeyKind[]) {
    test(`with a key of the kind ${kind} is verified against the scheme administrator who certified it`, () => {
      const iho = createSigner({ id: 'IHO', kind })
      const signer = createSigner({ id: 'urn:mrn:iho:XX:2', kind, by: iho })
      const check = checkedFirst({ ...spec, signer }, [readAnchor('IHO.CRT', iho.certificate)])
      assert.deepEqual(check, { ok: true, anchor: 'IHO.CRT', signer: 'urn:mrn:iho:XX:2', warning: null })
    })
  }

  test('is verified by way of a domain coordinator', () => {
    const coordinator = createSigner({ id: 'urn:mrn:iho:DC', by: administrator })
    const signer = createSigner({ id: 'urn:mrn:iho:XX:3', by: coordinator })
    assert.equal(checkedFirst({ ...spec, signer, others: [coordinator] }).ok, true)
    assert.match(JSON.stringify(checkedFirst({ ...spec, signer })), /"fault":"unknown-signer"/)
  })

  test('of other bytes is invalid', () => {
    const datasets = [{ ...spec.datasets[0]!, signedContent: text('another dataset') }]
    assert.deepEqual(checkedFirst({ ...spec, datasets }), {
      ...{ ok: false, fault: 'invalid' },
      message: '101XX00A.000 does not match its signature: the file was changed or damaged',
    })
  })

  test('cannot be verified without a scheme administrator, nor with another one', () => {
    const other = readAnchor('OTHER.CRT', createSigner({ id: 'other' }).certificate)
    assert.match(JSON.stringify(checkedFirst(spec, [])), /"no-anchor".*no scheme administrator is configured/)
    assert.match(JSON.stringify(checkedFirst(spec, [other])), /"unknown-signer".*OTHER\.CRT did not certify/)
  })

  test('is missing, or names a certificate that is not there', () => {
    const { signer: _, ...unsigned } = spec
    assert.match(JSON.stringify(checkedFirst(unsigned)), /"missing"/)
    const context = { certificates: [], anchors, issueDate: null }
    const check = checkSignature('A', [text('a')], [{ value: 'AA==', certificate: 'x' }], context)
    assert.match(JSON.stringify(check), /"certificate".*is not in the set/)
  })

  test('by a certificate that had expired before the issue is valid, with a warning', () => {
    const signer = createSigner({ id: 'urn:mrn:iho:XX:4', by: administrator, validUntil: '250101000000Z' })
    const check = checkedFirst({ ...spec, signer })
    assert.match(
      check.ok ? (check.warning ?? '') : '',
      /valid from 2020-01-01 to 2025-01-01, but the file was issued on 2026-02-01/,
    )
  })

  test('of the catalogue itself is in CATALOG.SIGN', () => {
    const set = writeExchangeSet(spec)
    const { signature, certificates } = readCatalogueSignature('CATALOG.SIGN', set.get('CATALOG.SIGN')!)
    const context = { certificates, anchors, issueDate: null }
    const check = (bytes: Uint8Array) => checkSignature('CATALOG.XML', [bytes], [signature!], context).ok
    const catalogue = Buffer.from(set.get('CATALOG.XML')!)
    assert.deepEqual([check(catalogue), check(Buffer.concat([catalogue, text(' ')]))], [true, false])
  })
})

test('a scheme administrator needs a certificate with a key that S-100 uses', () => {
  assert.throws(() => readAnchor('IHO.CRT', text('no certificate')), AnchorError)
})
