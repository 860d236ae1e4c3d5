import type { Pack } from '../../api/exports-api.ts'
import { JOB_STATES, type JobState, type JobSummary } from '../../api/records.ts'
import { shownState } from '../../text/job-words.ts'

/** The state to show: that of the file once there is one, until then that of the job, which is live. */
export function packState(pack: Pick<Pack, 'state'>, job: JobSummary | undefined): JobState | 'cancelling' {
  if (pack.state === 'completed') return 'completed'
  // The job has ended, and the list with its file is about to be read.
  if (job !== undefined && job.jobState !== 'completed') return shownState(job)
  return JOB_STATES.find((state) => state === pack.state) ?? 'failed'
}
