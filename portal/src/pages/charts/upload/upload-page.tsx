import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import type { UploadSummary } from '../../../api/charts-api.ts'
import { Bones } from '../../../kit/bones.tsx'
import { Empty } from '../../../kit/empty.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { DateTime } from '../../../kit/time.tsx'
import { usePortal, useReset } from '../../../state/portal-context.tsx'
import { uploadResult } from '../../../text/charts-en.ts'
import { bytes } from '../../../text/sizes.ts'
import classes from '../charts.module.css'
import { ChartsFrame } from '../charts-frame.tsx'
import { StateText } from '../state-text.tsx'
import { SHOWN } from '../uploads/upload-row.tsx'
import { CellReports } from './cell-reports.tsx'
import { DeleteUpload } from './delete-upload.tsx'

/** One upload: its state, its job, and the report on each of its charts. */
export function UploadPage() {
  const id = Number(useParams({ from: '/shell/charts/uploads/$id' }).id)
  const { charts } = usePortal()
  const valid = Number.isSafeInteger(id)
  const upload = useQuery({
    queryKey: ['upload-summary', id],
    queryFn: ({ signal }) => (valid ? charts.upload(id, signal) : null),
    staleTime: 0,
  })
  const reports = useQuery({
    queryKey: ['upload-reports', id],
    queryFn: ({ signal }) => charts.reports(id, signal),
    enabled: upload.data !== undefined && upload.data !== null,
    staleTime: 0,
  })
  useReadAgain(id)
  const title = upload.data?.filename ?? (upload.data === null ? 'No such upload' : 'Upload')
  return (
    <ChartsFrame title={title} parent={<Link to="/charts/uploads">Uploads</Link>}>
      {upload.error === null ? null : <ErrorNote error={upload.error} onRetry={() => void upload.refetch()} />}
      {upload.data === null ? (
        <Panel title="No such upload">
          <Empty action={<Link to="/charts/uploads">Go to Uploads</Link>}>
            There is no such upload. It was deleted, it belongs to another account, or the link is wrong.
          </Empty>
        </Panel>
      ) : upload.data === undefined ? (
        upload.error === null ? (
          <Bones rows={4} />
        ) : null
      ) : (
        <>
          <Head upload={upload.data} />
          {reports.error === null ? null : <ErrorNote error={reports.error} onRetry={() => void reports.refetch()} />}
          {reports.data === undefined ? reports.error === null ? <Bones rows={6} /> : null : <CellReports cells={reports.data} />}
        </>
      )}
    </ChartsFrame>
  )
}

function Head({ upload }: { upload: UploadSummary }) {
  return (
    <Panel title="Upload" actions={<DeleteUpload upload={upload} />}>
      <Facts>
        <div>
          <dt>Result</dt>
          <dd>
            <StateText state={SHOWN[upload.status]}>{uploadResult(upload)}</StateText>
          </dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>{bytes(upload.fileSize)}</dd>
        </div>
        <div>
          <dt>Uploaded by</dt>
          <dd>{upload.uploaderEmail}</dd>
        </div>
        <div>
          <dt>Uploaded</dt>
          <dd>
            <DateTime at={upload.createdAt} />
          </dd>
        </div>
        <div>
          <dt>Job</dt>
          <dd>
            {upload.jobId === null ? (
              'Its record has been deleted by age'
            ) : (
              <Link to="/jobs/$id" params={{ id: upload.jobId }}>
                Steps and log
              </Link>
            )}
          </dd>
        </div>
      </Facts>
      {/* When only some charts failed, the report below says more. */}
      {upload.error === null || upload.cells['failed'] !== undefined ? null : <p className={classes.failed}>{upload.error}</p>}
    </Panel>
  )
}

/** Reads the upload again when its jobs change, or when changes may have been missed. */
function useReadAgain(id: number): void {
  const { store } = usePortal()
  const queries = useQueryClient()
  const read = useCallback(async () => {
    await queries.invalidateQueries({ queryKey: ['upload-summary', id] })
    await queries.invalidateQueries({ queryKey: ['upload-reports', id] })
  }, [queries, id])
  useReset(read)
  useEffect(
    () =>
      store.onChange((jobs) => {
        if (jobs.some(({ jobType }) => /upload|custom/.test(jobType))) void read()
      }),
    [store, read],
  )
}
