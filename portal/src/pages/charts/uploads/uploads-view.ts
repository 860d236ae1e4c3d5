import type { UploadSummary } from '../../../api/charts-api.ts'

/** Which uploads the page shows; part of the address. */
export interface UploadsView {
  status?: UploadSummary['status']
  /** How many newer ones come before. */
  from?: number
}

/** The states in the order of an upload's life. */
export const STATES = ['pending', 'processing', 'succeeded', 'failed', 'cancelled'] as const

/** Reads the view of an address; what it does not know is left out. */
export function readUploadsView(search: Readonly<Record<string, unknown>>): UploadsView {
  const from = Number(search['from'])
  return uploadsView(
    STATES.find((each) => each === search['status']),
    Number.isSafeInteger(from) ? from : 0,
  )
}

/** A view without what is as usual. */
export function uploadsView(status: UploadsView['status'], from = 0): UploadsView {
  return { ...(status === undefined ? {} : { status }), ...(from > 0 ? { from } : {}) }
}
