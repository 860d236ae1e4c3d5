import { Menu } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { Icon } from '../../kit/icon.tsx'
import classes from './bottom-bar.module.css'
import { pagesFor } from './pages.ts'

/** The navigation on a phone. */
export function BottomBar({ isAdmin, onHelp }: { isAdmin: boolean; onHelp(): void }) {
  const navigate = useNavigate()
  const pages = pagesFor(isAdmin)
  return (
    <nav className={classes.bar} aria-label="Pages">
      {pages
        .filter(({ phone }) => phone === 'bar')
        .map(({ to, word, icon }) => (
          <Link key={to} to={to} className={classes.entry}>
            <Icon name={icon} size={22} />
            {word}
          </Link>
        ))}
      <Menu position="top-end">
        <Menu.Target>
          <button type="button" className={classes.entry}>
            <Icon name="more" size={22} />
            More
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {pages
            .filter(({ phone }) => phone === 'more')
            .map(({ to, word, icon }) => (
              <Menu.Item key={to} leftSection={<Icon name={icon} />} onClick={() => void navigate({ to })}>
                {word}
              </Menu.Item>
            ))}
          <Menu.Item leftSection={<Icon name="keyboard" />} onClick={onHelp}>
            Keyboard
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}
