import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { readCell } from '#s57/read-cell.ts'
import { readAuthority } from '#s63/authority.ts'
import { createPermitCipher } from '#s63/cell-permit.ts'
import { checkSignature } from '#s63/check-signature.ts'
import { decryptFile, isPlainCell } from '#s63/decrypt-file.ts'
import { parsePermitFile } from '#s63/permit-file.ts'
import { signatureNameOf } from '#s63/signature-file.ts'
import { sampleCell, sampleUpdate } from '#test/cells.ts'
import { encryptedSet } from './encrypted-set.ts'

test('an encrypted set opens with its permits, has valid signatures and holds the same features', () => {
  const plain = [
    { name: 'XX5SAMPL.000', bytes: sampleCell({ name: 'XX5SAMPL' }) },
    { name: 'XX5SAMPL.001', bytes: sampleUpdate({ name: 'XX5SAMPL' }) },
  ] as const
  const set = encryptedSet([{ name: 'XX5SAMPL', box: [-30.1, 40, -30, 40.1], files: plain }], { hardwareId: '12345' })
  const { permits, problems } = parsePermitFile(set.permits, createPermitCipher('12345'))
  assert.deepEqual(problems, [])
  const keys = permits.filter(({ cell }) => cell === 'XX5SAMPL').flatMap((permit) => permit.keys)
  const authorities = [readAuthority('IHO.PUB', set.authority.publicKey), readAuthority('IHO.CRT', set.authority.certificate)]

  const opened = [...set.files]
    .filter(([file]) => /XX5SAMPL\.\d{3}$/.test(file))
    .map(([file, bytes]) => {
      const name = path.posix.basename(file)
      assert.ok(!isPlainCell(bytes))
      const signature = set.files.get(path.posix.join(path.posix.dirname(file), signatureNameOf(name)!)) ?? null
      assert.deepEqual(checkSignature({ name, bytes }, signature, authorities), { ok: true, authority: 'IHO.PUB' })
      const result = decryptFile({ name, bytes }, keys)
      assert.ok(result.ok)
      return { name, bytes: result.bytes }
    })
  assert.equal(opened.length, 2)
  const features = ([base, ...updates]: readonly { name: string; bytes: Uint8Array }[]) => [
    ...readCell(base!, updates).features(),
  ]
  assert.deepEqual(features(opened), features(plain))
})
