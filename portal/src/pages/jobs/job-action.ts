import { counted } from '../../text/plural.ts'

/** What a user asked to do with jobs, before it is confirmed. */
export interface JobAction {
  kind: 'cancel' | 'retry'
  ids: string[]
  /** The step to begin at; null for the first that has not finished. */
  fromStep: string | null
}

/** A job that the server would not cancel or retry, and why. */
export interface RefusedAction {
  id: string
  why: string
}

/** What the live region announces when an action is done: "2 jobs asked to stop, 1 refused". */
export function actionOutcome({ kind, ids }: Pick<JobAction, 'kind' | 'ids'>, refused: number): string {
  const done = `${counted(ids.length - refused, 'job')} ${kind === 'cancel' ? 'asked to stop' : 'started again'}`
  return refused > 0 ? `${done}, ${refused} refused` : done
}
