import { type ReactNode, useEffect } from 'react'
import { FreshnessPill } from './freshness-pill.tsx'
import classes from './page.module.css'
import { UploadTray } from './upload-tray.tsx'
import { UserMenu } from './user-menu.tsx'
import { WorkPill } from './work-pill.tsx'

/** A longer title takes lines of its own on a phone, and then scrolls away with the page. */
const LONG_TITLE = 60

/** One page of the portal: its title, the state of things, and its content. */
export function Page({
  title,
  parent,
  children,
  full = false,
}: {
  title: string
  parent?: ReactNode
  children: ReactNode
  /** The content fills the window and has its own foot line. */
  full?: boolean
}) {
  useEffect(() => {
    document.title = `${title} · Chartroom`
  }, [title])

  return (
    <div className={classes.page}>
      <header className={classes.top} data-long={title.length > LONG_TITLE || undefined}>
        <div className={classes.title}>
          {parent === undefined ? null : <div className={classes.parent}>{parent}</div>}
          <h1>{title}</h1>
        </div>
        <div className={classes.pills}>
          <UploadTray />
          <WorkPill />
          <FreshnessPill />
          <UserMenu />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={full ? classes.full : classes.content}>
        {children}
      </main>
      {full ? null : <footer className={classes.foot}>Charts shown by this server are not for navigation.</footer>}
    </div>
  )
}
