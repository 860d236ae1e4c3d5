import { Page } from '../../app/shell/page.tsx'
import { useSignOut } from '../../app/shell/use-sign-out.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Facts } from '../../kit/facts.tsx'
import { Panel } from '../../kit/panel.tsx'
import { useUser } from '../../state/queries.ts'
import classes from './account.module.css'
import { PasswordPanel } from './password-panel.tsx'
import { PreferencesPanel } from './preferences-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'

/** The signed-in user: password, sessions, and how this browser shows the portal. */
export function AccountPage() {
  const { data: user, error, refetch } = useUser()
  const signOut = useSignOut()
  return (
    <Page title="Account">
      <div className={classes.page}>
        <Panel
          title="You"
          actions={
            <Button icon="out" onClick={() => void signOut()}>
              Sign out
            </Button>
          }
        >
          {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
          {user === undefined ? (
            <Bones rows={2} />
          ) : (
            <Facts>
              <div>
                <dt>User name</dt>
                <dd>{user.username}</dd>
              </div>
              <div>
                <dt>Account</dt>
                <dd>{user.account.name}</dd>
              </div>
              <div>
                <dt>Rights</dt>
                <dd>
                  {user.isAdmin
                    ? 'Administrator of this server'
                    : user.isAccountOwner
                      ? 'Owner of the account'
                      : 'User of the account'}
                </dd>
              </div>
            </Facts>
          )}
        </Panel>
        <PasswordPanel />
        <PreferencesPanel />
        {/* Last, because its height is known when it is read. */}
        <SessionsPanel />
      </div>
    </Page>
  )
}
