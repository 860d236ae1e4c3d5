import type { ReactNode } from 'react'
import classes from './panel.module.css'

/** A titled part of a page. */
export function Panel({
  title,
  note,
  actions,
  children,
  flush = false,
}: {
  title: string
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  flush?: boolean
}) {
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.head}>
        <h2>{title}</h2>
        {note === undefined ? null : <div className={classes.note}>{note}</div>}
        {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  )
}
