import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AdminUser } from '../../api/admin-api.ts'
import { Button } from '../../kit/button.tsx'
import table from '../../kit/data-table.module.css'
import { LongList } from '../../kit/long-list.tsx'
import { Note } from '../../kit/note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { userGuard } from '../../text/admin-en.ts'
import { counted } from '../../text/plural.ts'
import classes from './admin.module.css'
import { CreateUser } from './create-user.tsx'
import { DeleteUser, NewPassword, RenameUser } from './user-dialogs.tsx'

type Asked = { what: 'create' } | { what: 'rename' | 'password' | 'delete'; user: AdminUser }

const nameOf = ({ email }: AdminUser): string => email

/** The users of an account, and what an administrator can do with them. */
export function UsersPanel({ accountId, users }: { accountId: number; users: readonly AdminUser[] }) {
  const { data: self } = useUser()
  const offline = useOfflineReason()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [said, setSaid] = useState<{ text: string; jobId: string | null } | null>(null)
  const close = () => setAsked(null)
  const done = (text: string, jobId: string | null = null) => setSaid({ text, jobId })
  return (
    <>
      {said === null ? null : (
        <Note
          icon="completed"
          onClose={() => setSaid(null)}
          action={
            said.jobId === null ? undefined : (
              <Link to="/jobs/$id" params={{ id: said.jobId }}>
                Watch the job
              </Link>
            )
          }
        >
          {said.text}
        </Note>
      )}
      <Panel
        title="Users"
        note={counted(users.length, 'user')}
        actions={
          <Button icon="plus" off={offline} onClick={() => setAsked({ what: 'create' })}>
            New user
          </Button>
        }
        flush
      >
        <LongList items={users} noun="user" searched="Name" textOf={nameOf} parameter="user">
          {(shown) => (
            <table className={table.table}>
              <caption className="visually-hidden">Users of the account, the oldest first</caption>
              <thead>
                <tr>
                  <th scope="col">User</th>
                  <th scope="col">Rights</th>
                  <th scope="col">Created</th>
                  <th scope="col">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((user) => (
                  <tr key={user.id}>
                    <td className={table.named}>
                      {user.email}
                      {user.id === self?.userId ? <span className={classes.muted}> (you)</span> : null}
                    </td>
                    <td data-label="Rights">{user.isAdmin ? 'Administrator of this server' : 'User of the account'}</td>
                    <td data-label="Created">
                      <Age at={user.createdAt} />
                    </td>
                    <td>
                      <div className={table.actions}>
                        <Button
                          off={offline}
                          aria-label={`Rename ${user.email}`}
                          onClick={() => setAsked({ what: 'rename', user })}
                        >
                          Rename
                        </Button>
                        <Button
                          off={offline}
                          aria-label={`Set password of ${user.email}`}
                          onClick={() => setAsked({ what: 'password', user })}
                        >
                          Set password
                        </Button>
                        <Button
                          off={userGuard(user, self?.userId ?? 0, users.length) ?? offline}
                          aria-label={`Delete ${user.email}`}
                          onClick={() => setAsked({ what: 'delete', user })}
                        >
                          Delete
                        </Button>
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </LongList>
        {asked?.what === 'create' ? <CreateUser accountId={accountId} onClose={close} /> : null}
        {asked?.what === 'rename' ? <RenameUser user={asked.user} onClose={close} onDone={done} /> : null}
        {asked?.what === 'password' ? <NewPassword user={asked.user} onClose={close} onDone={done} /> : null}
        {asked?.what === 'delete' ? <DeleteUser user={asked.user} onClose={close} onDone={done} /> : null}
      </Panel>
    </>
  )
}
