import type { JobState, StepStatus } from '../api/records.ts'
import { STATES, STEP_STATES } from '../text/en.ts'
import { Icon } from './icon.tsx'
import classes from './state-label.module.css'

type Shown = JobState | 'cancelling' | 'skipped'

/** A state as icon, word and colour. */
export function StateLabel({ state, short = false }: { state: JobState | 'cancelling'; short?: boolean }) {
  return <Labelled state={state} word={STATES[state]} short={short} />
}

export function StepStateLabel({ status }: { status: StepStatus }) {
  return <Labelled state={status} word={STEP_STATES[status]} short={false} />
}

function Labelled({ state, word, short }: { state: Shown; word: string; short: boolean }) {
  return (
    <span className={`${classes.label} ${classes[state]}`}>
      <Icon name={state} size={16} />
      <span className={short ? 'visually-hidden' : classes.word}>{word}</span>
    </span>
  )
}
