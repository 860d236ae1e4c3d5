import { HoverCard } from '@mantine/core'
import { type ComponentPropsWithRef, type ReactNode, useEffect, useState } from 'react'
import { usePortal, usePreferences } from '../state/portal-context.tsx'
import { ago, agoChangesIn, ahead, aheadChangesIn, duration, tickingDuration } from '../text/durations.ts'
import { clockTime, dateTime, zoneName } from '../text/times.ts'
import { CopyButton } from './copy-button.tsx'
import classes from './time.module.css'

/** Longer timers than this end at once in a browser. */
const LONGEST_TIMER = 2_000_000_000

/** How long ago something was, by the server's clock. It is drawn again exactly when it reads otherwise. */
export function Age({ at }: { at: number }) {
  const { clock } = usePortal()
  const age = clock.now() - at
  useDrawnAgainIn(() => agoChangesIn(clock.now() - at))
  return <Moment at={at}>{ago(age)}</Moment>
}

/** How far ahead something is, by the server's clock. It is drawn again exactly when it reads otherwise. */
export function Until({ at }: { at: number }) {
  const { clock } = usePortal()
  useDrawnAgainIn(() => aheadChangesIn(at - clock.now()))
  return <Moment at={at}>{ahead(at - clock.now())}</Moment>
}

/** Draws the component again after a time that is asked for at each drawing. */
function useDrawnAgainIn(milliseconds: () => number): void {
  const [, draw] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => draw((n) => n + 1), Math.min(milliseconds() + 20, LONGEST_TIMER))
    return () => clearTimeout(timer)
  })
}

/** A time of day, in the zone of the page. */
export function ClockTime({ at }: { at: number }) {
  const { zone } = usePreferences()
  return <Moment at={at}>{clockTime(at, zone)}</Moment>
}

/** A date and time, in the zone of the page. */
export function DateTime({ at }: { at: number }) {
  const { zone } = usePreferences()
  return (
    <Moment at={at} stop>
      {dateTime(at, zone)} {zoneName(at, zone)}
    </Moment>
  )
}

interface MomentProps {
  at: number
  children: ReactNode
  /** Also reachable by keyboard, except in lists, where every row would add a tab stop. */
  stop?: boolean
}

/** A moment with both zones at hand, on hover and focus. In lists it is plain text until the pointer comes, so that rows render fast. */
function Moment({ at, children, stop = false }: MomentProps) {
  const [reached, setReached] = useState(stop)
  const iso = new Date(at).toISOString()
  const time = <time dateTime={iso}>{children}</time>
  if (reached) return <MomentCard at={at} iso={iso} time={time} stop={stop} />
  return (
    <span className={classes.time} onPointerEnter={() => setReached(true)}>
      {time}
    </span>
  )
}

function MomentCard({ at, iso, time, stop }: { at: number; iso: string; time: ReactNode; stop: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <HoverCard openDelay={350} closeDelay={120} onOpen={() => setOpen(true)} onClose={() => setOpen(false)}>
      <HoverCard.Target>
        {stop ? (
          <button type="button" className={classes.stop} aria-description="Shows local time and UTC">
            {time}
          </button>
        ) : (
          <Bare>{time}</Bare>
        )}
      </HoverCard.Target>
      <HoverCard.Dropdown>{open ? <Zones at={at} iso={iso} /> : null}</HoverCard.Dropdown>
    </HoverCard>
  )
}

function Zones({ at, iso }: { at: number; iso: string }) {
  return (
    <>
      <dl className={classes.card}>
        <dt>Local</dt>
        <dd>
          {dateTime(at, 'local')} {zoneName(at, 'local')}
        </dd>
        <dt>UTC</dt>
        <dd>{dateTime(at, 'utc')}</dd>
      </dl>
      <CopyButton kind="quiet" text={() => iso}>
        Copy
      </CopyButton>
    </>
  )
}

/** The target is not a control, so it must not be announced as opening something. */
function Bare({
  children,
  'aria-haspopup': _,
  'aria-expanded': __,
  'aria-controls': ___,
  ...rest
}: ComponentPropsWithRef<'span'>) {
  return (
    <span {...rest} className={classes.time}>
      {children}
    </span>
  )
}

/** A running time that ticks once a second, by the server's clock. */
export function Ticking({ since }: { since: number }) {
  const { clock } = usePortal()
  const [now, setNow] = useState(() => clock.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), 1_000)
    return () => clearInterval(timer)
  }, [clock])
  return <span>{tickingDuration(now - since)}</span>
}

/** A length of time that has ended. */
export function Took({ from, to }: { from: number; to: number }) {
  return <span>{duration(to - from)}</span>
}
