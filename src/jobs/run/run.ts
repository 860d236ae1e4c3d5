import type { Faults } from '../model/faults.ts'
import type { QueueName } from '../model/job-type.ts'
import type { Delivery } from '../queue/delivery-queue.ts'
import type { ClaimedJob } from './claim.ts'

/** A claimed delivery, from its claim to its end. */
export interface Run {
  claim: ClaimedJob
  queue: QueueName
  delivery: Delivery
  faults?: Faults | undefined
}

/** The fields that every server log line about a run carries. */
export function logFieldsOf({ claim }: Pick<Run, 'claim'>): { jobId: string; jobType: string; attempt: number } {
  return { jobId: claim.jobId, jobType: claim.jobType, attempt: claim.attempt }
}
