import { Menu } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { Icon } from '../../kit/icon.tsx'
import classes from './bottom-bar.module.css'

/** The way between the pages on a phone. */
export function BottomBar({ isAdmin, onHelp }: { isAdmin: boolean; onHelp(): void }) {
  const navigate = useNavigate()
  return (
    <nav className={classes.bar} aria-label="Pages">
      <Link to="/jobs" className={classes.entry}>
        <Icon name="jobs" size={22} />
        Jobs
      </Link>
      <Link to="/charts" className={classes.entry}>
        <Icon name="charts" size={22} />
        Charts
      </Link>
      <Link to="/map" className={classes.entry}>
        <Icon name="map" size={22} />
        Map
      </Link>
      <Menu position="top-end">
        <Menu.Target>
          <button type="button" className={classes.entry}>
            <Icon name="more" size={22} />
            More
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="styles" />} onClick={() => void navigate({ to: '/styles' })}>
            Styles
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="key" />} onClick={() => void navigate({ to: '/tokens' })}>
            Tokens
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="exports" />} onClick={() => void navigate({ to: '/exports' })}>
            Exports
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="account" />} onClick={() => void navigate({ to: '/account' })}>
            Account
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="webhook" />} onClick={() => void navigate({ to: '/webhooks' })}>
            Webhooks
          </Menu.Item>
          {isAdmin ? (
            <Menu.Item leftSection={<Icon name="server" />} onClick={() => void navigate({ to: '/admin' })}>
              Administration
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onHelp}>
            Keyboard
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}
