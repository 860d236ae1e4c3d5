import { Link } from '@tanstack/react-router'
import { Button } from '../../kit/button.tsx'
import { Icon } from '../../kit/icon.tsx'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import classes from './rail.module.css'

/** The way between the pages. Collapsed, or on a narrow window, it shows icons alone. */
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
        <li>
          <Link to="/jobs" className={classes.entry} title={railOpen ? undefined : 'Jobs'}>
            <Icon name="jobs" />
            <span className={classes.word}>Jobs</span>
          </Link>
        </li>
        <li>
          <Link to="/charts" className={classes.entry} title={railOpen ? undefined : 'Charts'}>
            <Icon name="charts" />
            <span className={classes.word}>Charts</span>
          </Link>
        </li>
        <li>
          <Link to="/map" className={classes.entry} title={railOpen ? undefined : 'Map'}>
            <Icon name="map" />
            <span className={classes.word}>Map</span>
          </Link>
        </li>
        <li>
          <Link to="/styles" className={classes.entry} title={railOpen ? undefined : 'Styles'}>
            <Icon name="styles" />
            <span className={classes.word}>Styles</span>
          </Link>
        </li>
        <li>
          <Link to="/tokens" className={classes.entry} title={railOpen ? undefined : 'Tokens'}>
            <Icon name="key" />
            <span className={classes.word}>Tokens</span>
          </Link>
        </li>
        <li>
          <Link to="/exports" className={classes.entry} title={railOpen ? undefined : 'Exports'}>
            <Icon name="exports" />
            <span className={classes.word}>Exports</span>
          </Link>
        </li>
        <li>
          <Link to="/webhooks" className={classes.entry} title={railOpen ? undefined : 'Webhooks'}>
            <Icon name="webhook" />
            <span className={classes.word}>Webhooks</span>
          </Link>
        </li>
        {isAdmin ? (
          <li>
            <Link to="/admin" className={classes.entry} title={railOpen ? undefined : 'Administration'}>
              <Icon name="server" />
              <span className={classes.word}>Administration</span>
            </Link>
          </li>
        ) : null}
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
