import type { InstanceCheck } from '../../api/records.ts'
import { Icon } from '../../kit/icon.tsx'
import type { IconName } from '../../kit/icon-paths.ts'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import classes from './server.module.css'

const SHOWN: Readonly<Record<InstanceCheck['state'], { icon: IconName; word: string }>> = {
  ok: { icon: 'completed', word: 'Good' },
  warning: { icon: 'warning', word: 'Warning' },
  failed: { icon: 'failed', word: 'Failed' },
  unknown: { icon: 'help', word: 'Not known' },
}
const ORDER = ['failed', 'warning', 'unknown', 'ok'] as const

/** The health of the server in words: what is wrong comes first, with what to do. */
export function Checks({ checks }: { checks: readonly InstanceCheck[] }) {
  const sorted = checks.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  return (
    <Panel title="Checks" flush>
      <ul>
        {sorted.map((check) => (
          <li key={check.name} className={classes.check}>
            <span className={`${classes.state} ${classes[check.state]}`}>
              <Icon name={SHOWN[check.state].icon} />
              {SHOWN[check.state].word}
            </span>
            <div>
              <p>{check.message}</p>
              {check.action === null ? null : <p className={classes.muted}>{check.action}</p>}
            </div>
            <span className={classes.when}>{check.checkedAt === null ? '' : <Age at={check.checkedAt} />}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
