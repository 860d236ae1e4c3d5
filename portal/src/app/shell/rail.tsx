import { Link } from '@tanstack/react-router'
import { Button } from '../../kit/button.tsx'
import { Icon } from '../../kit/icon.tsx'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import { pagesFor } from './pages.ts'
import classes from './rail.module.css'

/** The main navigation. Collapsed, or in a narrow window, it shows only icons. */
export function Rail({ isAdmin }: { isAdmin: boolean }) {
  const { preferences } = usePortal()
  const { railOpen } = usePreferences()
  return (
    <nav className={classes.rail} data-open={railOpen} aria-label="Pages">
      <Link to="/jobs" className={classes.brand}>
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" className={classes.mark}>
          <circle cx="12" cy="12" r="9.25" />
          <path d="M12 5.5 14 12l-2 6.5L10 12z" />
        </svg>
        <span className={classes.word}>Chartroom</span>
      </Link>
      <ul className={classes.list}>
        {pagesFor(isAdmin)
          .filter(({ inRail }) => inRail)
          .map(({ to, word, icon }) => (
            <li key={to}>
              <Link to={to} className={classes.entry} title={railOpen ? undefined : word}>
                <Icon name={icon} />
                <span className={classes.word}>{word}</span>
              </Link>
            </li>
          ))}
      </ul>
      <div className={classes.end}>
        <Button
          kind="quiet"
          icon={railOpen ? 'collapse' : 'expand'}
          label={railOpen ? 'Collapse the side bar' : 'Expand the side bar'}
          onClick={() => preferences.set({ ...preferences.get(), railOpen: !railOpen })}
        />
      </div>
    </nav>
  )
}
