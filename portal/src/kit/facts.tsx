import type { ReactNode } from 'react'
import classes from './facts.module.css'

/** A list of names with their values, side by side as far as there is room: `<div><dt>..</dt><dd>..</dd></div>` for each. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>
}
