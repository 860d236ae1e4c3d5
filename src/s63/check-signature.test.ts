import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import { type Authority, AuthorityError, readAuthority } from './authority.ts'
import { checkSignature } from './check-signature.ts'
import { createDsaKey, type DsaPublicKey, type DsaSignature, verifyDsa } from './dsa-key.ts'
import { parseSignatureFile, signatureNameOf } from './signature-file.ts'
import { createDsaSigner } from './writer/dsa-signer.ts'
import { formatPublicKey, writeCertificate } from './writer/write-authority.ts'
import { writeSignatureFile } from './writer/write-signature-file.ts'

const server = createDsaSigner()
const iho = createDsaSigner()
const stranger = createDsaSigner(1024)
const authorityOf = (signer: typeof iho, name = 'IHO.PUB') => readAuthority(name, Buffer.from(formatPublicKey(signer)))
const file = { name: 'GB301910.001', bytes: Buffer.from('an encrypted cell, as far as signatures can tell') }
const signature = writeSignatureFile(file.bytes, server, iho)

function failureOf(changed: { bytes?: Buffer; signature?: Buffer | null; authorities?: Authority[] }) {
  const { bytes = file.bytes, authorities = [authorityOf(iho)] } = changed
  const result = checkSignature({ ...file, bytes }, changed.signature === undefined ? signature : changed.signature, authorities)
  assert.ok(!result.ok, 'it passed')
  return result.failure
}

/** FIPS 186-2, clause 6, in big integers: an implementation independent of OpenSSL. */
function verifyByHand(bytes: Buffer, signed: DsaSignature, key: DsaPublicKey): boolean {
  const number = (value: Buffer) => BigInt(`0x${value.toString('hex')}`)
  const power = (base: bigint, exponent: bigint, modulus: bigint): bigint =>
    exponent === 0n ? 1n : (power((base * base) % modulus, exponent / 2n, modulus) * (exponent % 2n === 1n ? base : 1n)) % modulus
  const [p, q, g, y] = [key.p, key.q, key.g, key.y].map(number) as [bigint, bigint, bigint, bigint]
  const [r, s] = [number(signed.r), number(signed.s)]
  const w = power(s, q - 2n, q)
  const hash = number(createHash('sha1').update(bytes).digest())
  const u1 = (hash * w) % q
  const u2 = (r * w) % q
  return ((power(g, u1, p) * power(y, u2, p)) % p) % q === r
}

describe('DSA', () => {
  for (const bits of [512, 1024]) {
    test(`signatures with ${bits} bits verify alike in OpenSSL and by the formula of FIPS 186-2`, () => {
      const signer = createDsaSigner(bits)
      const key = createDsaKey(signer.publicKey)
      for (let i = 0; i < 5; i++) {
        const bytes = Buffer.from(`message ${i}`)
        const signed = signer.sign(bytes)
        assert.ok(verifyDsa(bytes, signed, key))
        assert.ok(verifyByHand(bytes, signed, signer.publicKey))
        const changed = Buffer.from(`massage ${i}`)
        assert.ok(!verifyDsa(changed, signed, key))
        assert.ok(!verifyByHand(changed, signed, signer.publicKey))
      }
    })
  }

  test('DSA keys and signatures of sizes that S-63 does not allow are refused', () => {
    const { p, q, g, y } = server.publicKey
    assert.throws(() => createDsaKey({ p, q: p, g, y }), /q has 512 bits; expected 160/)
    assert.throws(() => createDsaKey({ p: Buffer.alloc(2000, 255), q, g, y }), /p has 16000 bits/)
    assert.throws(() => createDsaKey({ p, q, g: Buffer.alloc(65, 255), y }), /g and y must be smaller/)
    const key = createDsaKey(server.publicKey)
    assert.equal(verifyDsa(file.bytes, { r: Buffer.alloc(0), s: Buffer.alloc(20) }, key), false)
    assert.equal(verifyDsa(file.bytes, { r: Buffer.alloc(21, 1), s: Buffer.alloc(20, 1) }, key), false)
  })
})

test('a signed file passes, and the result names the certifying authority', () => {
  assert.deepEqual(checkSignature(file, signature, [authorityOf(stranger, 'OTHER.PUB'), authorityOf(iho)]), {
    ok: true,
    authority: 'IHO.PUB',
  })
})

test('the writer lays out a signature file like a data server', () => {
  const lines = signature.toString('latin1').split('\r\n')
  assert.equal(lines.length, 17)
  assert.equal(lines[8], '// BIG p')
  assert.match(lines[1]!, /^([0-9A-F]{4} ){9}[0-9A-F]{4}\.$/)
  assert.equal(parseSignatureFile(signature).certified.toString('latin1'), formatPublicKey(server))
})

describe('failures of the signature check', () => {
  test('a file is refused without a signature file', () => {
    const failure = failureOf({ signature: null })
    assert.equal(failure.reason, 'signature-missing')
    assert.match(failure.message, /^GB301910\.001 has no signature file \(GBK01910\.001\)/)
  })

  test('a file is refused when any byte of it is changed', () => {
    for (let at = 0; at < file.bytes.length; at++) {
      const bytes = Buffer.from(file.bytes)
      bytes[at] = bytes[at]! ^ 1
      const failure = failureOf({ bytes })
      assert.deepEqual([failure.reason, failure.sse], ['signature-invalid', 'SSE 09'])
    }
  })

  test('a file is refused when any byte of its signature file other than comments and blanks is changed', () => {
    const start = Buffer.from(formatPublicKey(server)).length
    for (let at = 0; at < signature.length; at++) {
      const changed = Buffer.from(signature)
      changed[at] = changed[at] === 0x35 ? 0x36 : 0x35
      const result = checkSignature(file, changed, [authorityOf(iho)])
      // The authority signed the text of the key including blanks; blanks in the signatures have no meaning.
      if (at >= signature.length - start) assert.ok(!result.ok, `byte ${at}`)
      else if (/[0-9A-F.]/.test(String.fromCharCode(signature[at]!)) && !result.ok)
        assert.ok(['signature-invalid', 'signature-format', 'signer-unknown'].includes(result.failure.reason))
    }
  })

  test('a file is refused when no authority certified its data server', () => {
    const failure = failureOf({ authorities: [authorityOf(stranger, 'OTHER.PUB')] })
    assert.deepEqual([failure.reason, failure.sse], ['signer-unknown', 'SSE 06'])
    assert.match(failure.message, /OTHER\.PUB did not certify/)
  })

  test('a file is refused when no authority is configured', () => {
    assert.deepEqual(failureOf({ authorities: [] }).reason, 'authority-missing')
  })

  const texts: [what: string, text: string, message: RegExp][] = [
    ['no content', '', /it contains the numbers \(none\); expected R S R S p q g y/],
    ['only a key', formatPublicKey(server), /it contains the numbers p q g y/],
    ['no heading', 'ABCD.\r\n', /line 1: a number has no heading/],
    ['an unknown heading', '// hello\r\n', /line 1: the heading does not end with R, S/],
    ['no full stop', '// BIG p\r\nABCD\r\n// BIG q\r\n', /line 3: the number before this heading does not end/],
    ['invalid digits', '// BIG p\r\nXYZ.\r\n', /line 2: expected hexadecimal digits/],
    ['half a byte', '// BIG p\r\nABC.\r\n', /line 2: a number has 3 digits/],
    ['a truncated number', '// BIG p\r\nABCD', /the last number does not end/],
    ['too many bytes', `// BIG p\r\n${'ABCD '.repeat(20_000)}.`, /at most 65536 are accepted/],
  ]
  for (const [what, text, message] of texts) {
    test(`a file is refused when its signature file has ${what}`, () => {
      const failure = failureOf({ signature: Buffer.from(text) })
      assert.deepEqual([failure.reason, failure.sse], ['signature-format', 'SSE 24'])
      assert.match(failure.message, message)
    })
  }
})

describe('names of signature files', () => {
  test('names of signature files have a letter in place of the usage band', () => {
    assert.equal(signatureNameOf('GB301910.001'), 'GBK01910.001')
    assert.equal(signatureNameOf('GB800001.048'), 'GBP00001.048')
    assert.deepEqual([1, 2, 3, 4, 5, 6, 8].map((band) => signatureNameOf(`XX${band}AAAAA.000`)?.[2]).join(''), 'IJKLMNP')
  })

  test('only cell files have signature files', () => {
    for (const name of ['CATALOG.031', 'README.TXT', 'GBK01910.001', 'GB301910.TXT'])
      assert.equal(signatureNameOf(name), null, name)
  })
})

describe('authorities', () => {
  const der = writeCertificate(iho, 'Invented authority', '200101000000Z', '291231235959Z')

  test('an authority is read from a certificate in DER or PEM', () => {
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
    for (const bytes of [der, Buffer.from(pem)]) {
      const authority = readAuthority('IHO.CRT', bytes)
      assert.equal(authority.validUntil, '2029-12-31T23:59:59.000Z')
      assert.ok(checkSignature(file, signature, [authority]).ok)
    }
  })

  test('a file with neither a DSA certificate nor a DSA key is refused as authority', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' })
    for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), Buffer.from(rsa), der.subarray(0, 100)])
      assert.throws(() => readAuthority('IHO.CRT', bytes), AuthorityError)
    assert.throws(() => readAuthority('IHO.PUB', Buffer.from('// BIG p\r\nABCD.\r\n')), AuthorityError)
  })
})
