import { Link } from '@tanstack/react-router'
import type { UploadSummary } from '../../../api/charts-api.ts'
import { isActive } from '../../../api/records.ts'
import { Progress } from '../../../kit/progress.tsx'
import { Age } from '../../../kit/time.tsx'
import { useJob } from '../../../state/portal-context.tsx'
import { uploadResult } from '../../../text/charts-en.ts'
import { bytes } from '../../../text/sizes.ts'
import classes from '../charts.module.css'
import { type ShownState, StateText } from '../state-text.tsx'

/** How the state of an upload is shown. */
export const SHOWN: Readonly<Record<UploadSummary['status'], ShownState>> = {
  pending: 'pending',
  processing: 'running',
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** An upload that the server has, from its turn in the queue to its result. */
export function UploadRow({ upload }: { upload: UploadSummary }) {
  const job = useJob(upload.jobId ?? '')
  return (
    <tr>
      <td>
        <Link to="/charts/uploads/$id" params={{ id: String(upload.id) }}>
          {upload.filename}
        </Link>
      </td>
      <td>
        <StateText state={SHOWN[upload.status]}>{uploadResult(upload)}</StateText>
        {upload.expiredCharts > 0 ? <p className={classes.warning}>{upload.expiredCharts} with an expired permit</p> : null}
        {job !== undefined && isActive(job.jobState) ? (
          <Progress percent={job.percentComplete} waiting={job.waitingReason !== null} label={`Reading ${upload.filename}`} />
        ) : null}
      </td>
      <td>{bytes(upload.fileSize)}</td>
      <td>
        {upload.uploaderEmail}, <Age at={upload.createdAt} />
      </td>
    </tr>
  )
}
