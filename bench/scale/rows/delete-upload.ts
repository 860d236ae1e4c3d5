import { Readable } from 'node:stream'
import { sendFile } from '../../upload/send-file.ts'
import { duration } from '../figure.ts'
import { uploadSet } from '../generate/upload-set.ts'
import { askJson, finishedJob, type ScaleBench } from '../measure/scale-bench.ts'
import type { Row } from './row.ts'

const CELLS = 500
const UPLOADS = '/api/portal/v1/charts/uploads'

/** Deletes an upload of many cells: from the request to the end of its job. */
export const deleteUpload: Row = {
  name: 'delete',
  async measure(bench) {
    const count = bench.small ? CELLS / 10 : CELLS
    const zip = await uploadSet(bench.mirror, count)
    const { url } = await bench.server()
    const file = { name: 'scale.zip', content: Readable.from([zip]), bytes: zip.length }
    const sent = JSON.parse(await sendFile(`${url}/api/portal/v1/charts/upload`, bench.token, file)) as { upload: { id: number } }
    const begun = performance.now()
    await uploadEnds(bench, sent.upload.id)
    const indexed = performance.now() - begun
    const before = performance.now()
    await askJson(bench, `${UPLOADS}/${sent.upload.id}`, { method: 'DELETE' })
    const { jobs } = await askJson<{ jobs: { id: string }[] }>(bench, '/api/portal/v1/jobs?limit=1&jobType=delete-upload')
    const [job] = jobs
    if (job === undefined) throw new Error('the deletion has no job')
    await finishedJob(bench, job.id)
    const took = performance.now() - before
    return [
      { what: `upload of ${count} cells, indexed`, measured: duration(indexed), aim: '' },
      { what: `deletion of an upload of ${count} cells`, measured: duration(took), aim: 'under 3 s' },
    ]
  },
}

async function uploadEnds(bench: ScaleBench, id: number): Promise<void> {
  for (;;) {
    const { upload } = await askJson<{ upload: { status: string; logs: unknown[] } }>(bench, `${UPLOADS}/${id}`)
    if (upload.status === 'succeeded') return
    if (['failed', 'cancelled'].includes(upload.status)) throw new Error(JSON.stringify(upload.logs.slice(0, 20)))
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
