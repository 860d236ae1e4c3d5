import { Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Button } from '../../kit/button.tsx'
import { Icon } from '../../kit/icon.tsx'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import type { Scheme } from '../../state/preferences.ts'
import { useUser } from '../../state/queries.ts'
import { useSignOut } from './use-sign-out.ts'
import classes from './user-menu.module.css'

const SCHEME_WORDS: Readonly<Record<Scheme, string>> = { auto: 'As the device', light: 'Light', dark: 'Dark', night: 'Night' }

/** Who is signed in, and the pages that belong to that person. */
export function UserMenu() {
  const { preferences, base } = usePortal()
  const { scheme } = usePreferences()
  const { data: user } = useUser()
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <Menu width={220}>
      <Menu.Target>
        <Button kind="quiet" icon="account" aria-label={user === undefined ? 'Your account' : `Account of ${user.username}`}>
          <span className={classes.name}>{user?.username ?? ''}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user?.username ?? ''}
          {user === undefined ? '' : `, ${user.account.name}`}
        </Menu.Label>
        <Menu.Item leftSection={<Icon name="account" />} onClick={() => void navigate({ to: '/account' })}>
          Account and preferences
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="api" />}
          component="a"
          href={new URL('api/docs', base).pathname}
          target="_blank"
          rel="noopener"
        >
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        <Menu.RadioGroup
          value={scheme}
          onChange={(chosen) => preferences.set({ ...preferences.get(), scheme: chosen as Scheme })}
        >
          {(Object.keys(SCHEME_WORDS) as Scheme[]).map((each) => (
            <Menu.RadioItem
              key={each}
              value={each}
              checkIcon={<Icon name="completed" />}
              classNames={{ itemIndicator: classes.check }}
              closeMenuOnClick
            >
              {SCHEME_WORDS[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="out" />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
