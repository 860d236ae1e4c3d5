import type { ReactNode } from 'react'
import classes from './empty.module.css'

/** A list without rows: what it is for or why it is empty, and the one thing to do. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p>{children}</p>
      {action}
    </div>
  )
}
