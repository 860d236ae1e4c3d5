import { Link } from '@tanstack/react-router'
import { Icon } from '../../kit/icon.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { trayWords } from '../../text/charts-en.ts'
import classes from './pill.module.css'

/** The files being sent, on every page; links to the uploads. */
export function UploadTray() {
  const { uploads } = usePortal()
  const files = useObservable(uploads.files)
  const words = trayWords(files)
  if (words === null) return null
  return (
    <Link to="/charts/uploads" className={`${classes.pill} ${classes.busy}`} aria-label={`Uploads: ${words}`} preload={false}>
      <Icon name="upload" size={16} />
      <span>{words}</span>
    </Link>
  )
}
