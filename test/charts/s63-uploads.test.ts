import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encryptFile } from '#s63/writer/encrypt-file.ts'
import { writePermitFile } from '#s63/writer/write-permit-file.ts'
import { sampleCell, zipOf } from '#test/cells.ts'
import { createUploadBench } from '#test/upload-bench.ts'

const identity = { manufacturerId: '10', manufacturerKey: '10121', hardwareId: '12345' }
const name = 'XX5SAMPL'
const keys = [Buffer.from('494A804F6A', 'hex'), Buffer.from('592CECD934', 'hex')] as const
const plain = sampleCell()
const encrypted = encryptFile({ name: `${name}.000`, bytes: plain }, keys[0])

test('an encrypted cell waits for its permit, and is a chart when that has come', async () => {
  await using bench = await createUploadBench({ identity })
  const { body } = await bench.call<{ permitId: string }>('GET', '/portal/v1/charts/getPermit')
  assert.equal(body.permitId, '66B5CBFDF7E4139D5B6086C23130')
  const cells = await bench.upload('set.zip', await zipOf([{ path: `ENC_ROOT/${name}.000`, content: encrypted }]))
  assert.equal(cells.status, 'succeeded', JSON.stringify(cells.logs))
  assert.equal((await bench.reports(cells.id))[name]?.status, 'waiting')
  assert.deepEqual(await bench.visible(), [])
  const permit = writePermitFile(identity.hardwareId, { enc: [{ cell: name, expires: '2020-12-31', keys }] })
  const permits = await bench.upload('PERMIT.TXT', permit)
  assert.equal(permits.status, 'succeeded', JSON.stringify(permits.logs))
  assert.deepEqual(await bench.visible(), [`${name} 1.0`])
  const report = (await bench.reports(cells.id))[name]
  assert.equal(report?.decryptResult, 'decrypted with cell key 1')
  assert.equal(report?.permitExpires, '2020-12-31')
  assert.equal(report?.featureCount, 9)
  assert.equal((await bench.ended(cells.id)).expiredCharts, 1)
})

test('without an identity encrypted charts and permits fail and say why', async () => {
  await using bench = await createUploadBench()
  assert.equal((await bench.call('GET', '/portal/v1/charts/getPermit')).status, 404)
  for (const [file, content] of [
    ['set.zip', await zipOf([{ path: `${name}.000`, content: encrypted }])],
    ['PERMIT.TXT', Buffer.from(':DATE 20260101 00:00\r\n:VERSION 2\r\n:ENC\r\n')],
  ] as const) {
    const upload = await bench.upload(file, content)
    assert.equal(upload.status, 'failed')
    assert.match(upload.logs.map((line) => line.message).join(), /S63_HARDWARE_ID/)
  }
})
