import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { Bones } from '../../../kit/bones.tsx'
import { Button } from '../../../kit/button.tsx'
import table from '../../../kit/data-table.module.css'
import { Empty } from '../../../kit/empty.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { useObservable } from '../../../lib/use-observable.ts'
import { useOfflineReason, usePortal, useReset } from '../../../state/portal-context.tsx'
import { counted } from '../../../text/plural.ts'
import classes from '../charts.module.css'
import { ChartsFrame } from '../charts-frame.tsx'
import { chooseFiles } from '../choose-files.ts'
import { SendingRow } from './sending-row.tsx'
import { UploadRow } from './upload-row.tsx'

const PAGE = 50

/** Uploads: where to drop files, what is on its way, and what has been uploaded. */
export function UploadsPage() {
  const portal = usePortal()
  const offline = useOfflineReason()
  const [offset, setOffset] = useState(0)
  const { data, error, refetch } = useUploads(offset)
  const sending = useObservable(portal.uploads.files)

  // A file that has been sent disappears here as soon as the server's list has it.
  useEffect(() => {
    const known = new Set(data?.uploads.map(({ id }) => id))
    for (const { key, uploadId } of sending) if (uploadId !== null && known.has(uploadId)) portal.uploads.remove(key)
  }, [data, sending, portal])

  const rows = data?.uploads ?? []
  const total = data?.pagination.total ?? 0
  return (
    <ChartsFrame title="Uploads">
      <section className={classes.zone} aria-label="Upload charts">
        <div>
          <p>Drop charts here, or anywhere on these pages.</p>
          <p className={classes.muted}>Exchange sets (.zip), cells (.000) and their updates, S-63 permits; up to 1 GB a file.</p>
        </div>
        <Button kind="solid" icon="upload" off={offline} onClick={() => chooseFiles((files) => portal.uploads.add(files))}>
          Choose files
        </Button>
      </section>
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      <Panel title="Uploads" note={data === undefined ? undefined : counted(total, 'upload')} flush>
        {data === undefined && error === null ? <Bones rows={4} /> : null}
        {rows.length + sending.length > 0 ? (
          <table className={`${table.base} ${classes.table}`}>
            <caption className="visually-hidden">Uploads, the newest first</caption>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Result</th>
                <th scope="col" className={classes.short}>
                  Size
                </th>
                <th scope="col" className={classes.medium}>
                  By and when
                </th>
              </tr>
            </thead>
            <tbody>
              {sending.map((file) => (
                <SendingRow key={`file-${file.key}`} file={file} />
              ))}
              {rows.map((upload) => (
                <UploadRow key={upload.id} upload={upload} />
              ))}
            </tbody>
          </table>
        ) : data === undefined ? null : (
          <Empty>Charts that you upload are read here, and then drawn on the map with the public ones.</Empty>
        )}
      </Panel>
      {total > PAGE ? (
        <div className={classes.pager}>
          <Button off={offset === 0 ? 'These are the newest' : null} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            Newer
          </Button>
          <Button off={offset + PAGE >= total ? 'These are the oldest' : null} onClick={() => setOffset(offset + PAGE)}>
            Older
          </Button>
        </div>
      ) : null}
    </ChartsFrame>
  )
}

/** A page of uploads, read again when a file has been sent, and when jobs of uploads change. */
function useUploads(offset: number) {
  const { charts, uploads, store } = usePortal()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['uploads', offset],
    queryFn: ({ signal }) => charts.uploads({ limit: PAGE, offset }, signal),
    placeholderData: (old) => old,
    staleTime: 0,
  })
  const readAgain = useCallback(() => queries.invalidateQueries({ queryKey: ['uploads'] }), [queries])
  useReset(readAgain)
  useEffect(() => {
    const stopSent = uploads.onSent(() => void readAgain())
    const stopJobs = store.onChange((jobs) => {
      if (jobs.some(({ jobType }) => /upload|custom/.test(jobType))) void readAgain()
    })
    return () => {
      stopSent()
      stopJobs()
    }
  }, [uploads, store, readAgain])
  return query
}
