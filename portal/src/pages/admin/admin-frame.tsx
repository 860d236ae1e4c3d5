import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Page } from '../../app/shell/page.tsx'
import { SubPages } from '../../app/shell/sub-pages.tsx'
import { Bones } from '../../kit/bones.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { useUser } from '../../state/queries.ts'

const PAGES = [
  { to: '/admin/accounts', word: 'Accounts' },
  { to: '/admin/server', word: 'Server' },
] as const

/** A page of the administration with its navigation; other users are told that only administrators may see it. */
export function AdminFrame({ title, parent, children }: { title: string; parent?: ReactNode; children: ReactNode }) {
  const { data: user, error, refetch } = useUser()
  if (user?.isAdmin === false) {
    return (
      <Page title={title}>
        <Panel title="For administrators">
          <Empty action={<Link to="/jobs">Go to Jobs</Link>}>
            Only administrators see this page. Your account shows what you can do; the jobs show what is going on.
          </Empty>
        </Panel>
      </Page>
    )
  }
  return (
    <Page title={title} parent={parent}>
      <SubPages name="Administration" pages={PAGES} />
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {user === undefined ? error === null ? <Bones rows={6} /> : null : children}
    </Page>
  )
}
