import { encryptedSet } from '#demo/encrypted-set.ts'
import { sampleCell, sampleFeatures, zipOf } from '../cells.ts'
import type { Walk } from './walk.ts'

const NAME = 'XX5SAMPL'
const NOTE = 'XX5NOTE1.TXT'

/** The S-63 identity that the server needs for this walk. */
export const IDENTITY = { S63_MANUFACTURER_ID: '10', S63_MANUFACTURER_KEY: '98765', S63_HARDWARE_ID: '12345' }

/** Uploads charts and permits, and looks at what became of them and of the public ones. */
export async function walkCharts(walk: Walk): Promise<void> {
  await walk.call('getNoaaAgreement')
  await walk.call('acceptNoaaAgreement', { body: { accepted: true } })
  await walk.call('createJob', { body: { jobType: 'refresh-public-charts' } })
  await walk.rest()
  const cell = sampleCell({
    name: NAME,
    features: sampleFeatures().map((each, i) => (i === 6 ? { ...each, attributes: { ...each.attributes, TXTDSC: NOTE } } : each)),
  })
  const set = await zipOf([
    { path: `ENC_ROOT/${NAME}.000`, content: cell },
    { path: `ENC_ROOT/${NOTE}`, content: 'Anchoring is prohibited.\n' },
  ])
  const encrypted = encryptedSet(
    [{ name: 'XX5SECRT', box: [-30.1, 40, -30, 40.1], files: [{ name: 'XX5SECRT.000', bytes: cell }] }],
    {
      hardwareId: IDENTITY.S63_HARDWARE_ID,
    },
  )
  await upload(walk, 'uploadChartsCloud', 'PERMIT.TXT', encrypted.permits)
  const { id } = await upload<{ id: number }>(walk, 'uploadCharts', 'charts.zip', set)
  await walk.call('listUploads', { query: { limit: 1 } })
  await walk.call('getUpload', { path: { id } })
  await walk.call('previewUploadDeletion', { path: { id } })
  await walk.call('listUploadCells', { path: { id } })
  await walk.call('listCells', { query: { limit: 2 } })
  await walk.call('getCell', { path: { name: NAME } })
  await walk.call('getCellFile', { path: { name: NAME, file: NOTE } })
  await walk.call('listPermits')
  await walk.call('listPublicFailures')
  await walk.call('getUserPermit')
}

/** Deletes what was uploaded. */
export async function walkDeletion(walk: Walk): Promise<void> {
  const { uploads } = await walk.call<{ uploads: { id: number }[] }>('listUploads')
  await walk.call('deleteUpload', { path: { id: uploads[0]?.id ?? 0 } })
  await walk.rest()
}

/** Uploads a file and waits for its job. */
export async function upload<T>(walk: Walk, operationId: string, filename: string, content: Uint8Array): Promise<T> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(content)]), filename)
  const { upload } = await walk.call<{ upload: T }>(operationId, { form })
  await walk.rest()
  return upload
}
