import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { Bones } from '../../../kit/bones.tsx'
import { Button } from '../../../kit/button.tsx'
import table from '../../../kit/data-table.module.css'
import { Empty } from '../../../kit/empty.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { useObservable } from '../../../lib/use-observable.ts'
import { useOfflineReason, usePortal, useReset } from '../../../state/portal-context.tsx'
import { UPLOAD_STATES } from '../../../text/charts-en.ts'
import { counted, integer } from '../../../text/plural.ts'
import classes from '../charts.module.css'
import { ChartsFrame } from '../charts-frame.tsx'
import { chooseFiles } from '../choose-files.ts'
import { SendingRow } from './sending-row.tsx'
import { UploadRow } from './upload-row.tsx'
import { STATES, type UploadsView, uploadsView } from './uploads-view.ts'

const PAGE = 50

/** Uploads: where to drop files, what is on its way, and what has been uploaded. */
export function UploadsPage() {
  const portal = usePortal()
  const offline = useOfflineReason()
  const view = useSearch({ from: '/shell/charts/uploads' })
  const navigate = useNavigate({ from: '/charts/uploads' })
  const { status, from: offset = 0 } = view
  const { data, error, refetch } = useUploads(offset, status)
  const show = (next: UploadsView): void => void navigate({ search: next })
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
        {total > PAGE || status !== undefined ? <StateFilter status={status} onShow={show} /> : null}
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
        ) : data === undefined ? null : status !== undefined ? (
          <Empty action={<Button onClick={() => show({})}>Clear the filter</Button>}>No upload is in this state.</Empty>
        ) : (
          <Empty>Charts that you upload are read here, and then drawn on the map with the public ones.</Empty>
        )}
      </Panel>
      {total > PAGE ? <Pager offset={offset} total={total} onOffset={(next) => show(uploadsView(status, next))} /> : null}
    </ChartsFrame>
  )
}

/** The way to newer and older uploads. */
function Pager({ offset, total, onOffset }: { offset: number; total: number; onOffset(offset: number): void }) {
  return (
    <div className={classes.pager}>
      <Button off={offset === 0 ? 'These are the newest' : null} onClick={() => onOffset(Math.max(0, offset - PAGE))}>
        Newer
      </Button>
      <span role="status">
        {integer(offset + 1)} to {integer(Math.min(offset + PAGE, total))} of {integer(total)}
      </span>
      <Button off={offset + PAGE >= total ? 'These are the oldest' : null} onClick={() => onOffset(offset + PAGE)}>
        Older
      </Button>
    </div>
  )
}

function StateFilter({ status, onShow }: { status: UploadsView['status']; onShow(next: UploadsView): void }) {
  return (
    <search className={`${classes.filters} ${classes.inPanel}`}>
      <select
        aria-label="State"
        value={status ?? ''}
        onChange={({ target }) => onShow(uploadsView(STATES.find((each) => each === target.value)))}
      >
        <option value="">All states</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {UPLOAD_STATES[state]}
          </option>
        ))}
      </select>
    </search>
  )
}

/** A page of uploads, read again when a file has been sent, and when jobs of uploads change. */
function useUploads(offset: number, status: UploadsView['status']) {
  const { charts, uploads, store } = usePortal()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['uploads', offset, status],
    queryFn: ({ signal }) => charts.uploads({ limit: PAGE, offset, status }, signal),
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
