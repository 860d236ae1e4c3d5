import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { Icon } from '../../kit/icon.tsx'
import { useFreshness, usePortal, usePreferences } from '../../state/portal-context.tsx'
import { useInstance } from '../../state/queries.ts'
import { refusalText } from '../../text/en.ts'
import { clockSeconds, clockTime } from '../../text/times.ts'
import classes from './banners.module.css'

/** Notices for every page: the server is gone, was updated, or still has the default password. */
export function Banners() {
  return (
    <div className={classes.banners}>
      <OfflineBanner />
      <UpdateBanner />
      <PasswordBanner />
    </div>
  )
}

function OfflineBanner() {
  const freshness = useFreshness()
  const { zone } = usePreferences()
  const { live } = usePortal()
  if (freshness.kind !== 'offline' && freshness.kind !== 'refused') return null
  return (
    <div className={`${classes.banner} ${classes.offline}`} role="status">
      <Icon name="offline" />
      {freshness.kind === 'offline' ? (
        <span>The server has not answered since {clockTime(freshness.since, zone)}. What you see is from then.</span>
      ) : (
        <span>
          {refusalText(freshness.status)} It is asked again at {clockSeconds(freshness.againAt, zone)}. What you see is from{' '}
          {clockTime(freshness.since, zone)}.
        </span>
      )}
      <Button
        onClick={() => {
          live.stop()
          live.start()
        }}
      >
        Try now
      </Button>
    </div>
  )
}

function UpdateBanner() {
  const { data } = useInstance()
  const first = useRef<string | null>(null)
  const [updated, setUpdated] = useState(false)
  useEffect(() => {
    if (data === undefined) return
    first.current ??= data.version
    if (data.version !== first.current) setUpdated(true)
  }, [data])
  if (!updated) return null
  return (
    <div className={classes.banner} role="status">
      <Icon name="poll" />
      <span>Chartroom was updated.</span>
      <Button onClick={() => location.reload()}>Reload</Button>
    </div>
  )
}

function PasswordBanner() {
  const { data } = useInstance()
  if (data?.defaultPassword !== true) return null
  return (
    <div className={`${classes.banner} ${classes.warning}`}>
      <Icon name="warning" />
      <span>
        The administrator still has the default password, which anyone can look up. <Link to="/account">Change it</Link>
      </span>
    </div>
  )
}
