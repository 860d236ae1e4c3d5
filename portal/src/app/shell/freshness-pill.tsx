import { Tooltip } from '@mantine/core'
import { Icon } from '../../kit/icon.tsx'
import type { IconName } from '../../kit/icon-paths.ts'
import type { Freshness } from '../../live/freshness.ts'
import { useFreshness, usePreferences } from '../../state/portal-context.tsx'
import { refusalText } from '../../text/en.ts'
import type { Zone } from '../../text/times.ts'
import { clockTime } from '../../text/times.ts'
import classes from './pill.module.css'

interface Words {
  icon: IconName
  text: string
  hint: string
}

/** How fresh the page is. */
export function FreshnessPill() {
  const freshness = useFreshness()
  const { zone } = usePreferences()
  const { icon, text, hint } = wordsOf(freshness, zone)
  return (
    <Tooltip label={hint} openDelay={250}>
      <span className={`${classes.pill} ${classes[freshness.kind] ?? ''}`} data-freshness={freshness.kind}>
        <Icon name={icon} size={16} />
        <span className={classes.text}>{text}</span>
      </span>
    </Tooltip>
  )
}

function wordsOf(freshness: Freshness, zone: Zone): Words {
  switch (freshness.kind) {
    case 'live':
      return { icon: 'live', text: 'Live', hint: 'Changes appear as they happen' }
    case 'polling':
      return {
        icon: 'poll',
        text: `Every ${freshness.everySeconds} s`,
        hint: 'Too many windows follow this server live, so this one refreshes every few seconds',
      }
    case 'offline':
      return {
        icon: 'offline',
        text: `Offline since ${clockTime(freshness.since, zone)}`,
        hint: 'The server does not answer. What you see is from then',
      }
    case 'refused':
      return { icon: 'offline', text: `Refused (${freshness.status})`, hint: refusalText(freshness.status) }
    case 'reconnecting':
      return { icon: 'poll', text: 'Reconnecting', hint: 'The connection was lost and is being opened again' }
    case 'connecting':
      return { icon: 'poll', text: 'Connecting', hint: 'The connection for changes is being opened' }
  }
}
