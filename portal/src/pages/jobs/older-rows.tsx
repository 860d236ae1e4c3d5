import { Button } from '../../kit/button.tsx'
import type { JobList } from '../../live/job-list.ts'
import type { JobListState } from '../../live/job-list-rows.ts'
import { integer } from '../../text/plural.ts'
import classes from './jobs.module.css'

/** Below the rows of a list: how many of its jobs are shown, and a button for older ones. */
export function OlderRows({ list, state, shown }: { list: JobList; state: JobListState; shown: number }) {
  if (!state.hasOlder) return null
  return (
    <div className={classes.older}>
      <span>
        {integer(shown)} of {integer(Math.max(state.total, shown))}
      </span>
      <Button busy={state.loadingOlder} onClick={() => void list.readOlder()}>
        Load older
      </Button>
    </div>
  )
}
