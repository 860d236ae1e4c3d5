import type { ReactNode } from 'react'
import { Icon } from '../../kit/icon.tsx'
import type { IconName } from '../../kit/icon-paths.ts'
import classes from './charts.module.css'

export type ShownState = 'completed' | 'failed' | 'waiting' | 'running' | 'pending' | 'cancelled'

/** A state of an upload or a chart: icon, word and colour. */
export function StateText({ state, children }: { state: ShownState; children: ReactNode }) {
  const icon: IconName = state === 'waiting' ? 'warning' : state
  return (
    <span className={classes.state} data-state={state}>
      <Icon name={icon} size={16} />
      <span>{children}</span>
    </span>
  )
}
