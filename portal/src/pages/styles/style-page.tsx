import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import { Page } from '../../app/shell/page.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Note } from '../../kit/note.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { StyleEditorView } from './style-editor-view.tsx'
import classes from './styles.module.css'
import { useSlots } from './use-slots.ts'

/** The editor of one style. */
export function StylePage() {
  const { id } = useParams({ from: '/shell/styles/$id' })
  return /^\d{1,15}$/.test(id) ? <KnownStyle key={id} id={Number(id)} /> : <NoStyle id={id} />
}

function KnownStyle({ id }: { id: number }) {
  const { styles } = usePortal()
  const user = useUser()
  const [name, setName] = useState('Style')
  // Read once: an editor must not have its style changed under it.
  const style = useQuery({
    queryKey: ['style', id],
    queryFn: ({ signal }) => styles.get(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const slots = useSlots()
  const error = style.error ?? slots.error ?? user.error
  if (error instanceof ApiError && error.status === 404) return <NoStyle id={String(id)} />
  const isRead = style.data !== undefined && slots.data !== undefined && user.data !== undefined
  // One page before and after the reading: another one would take the focus from its header.
  return (
    <Page title={name} parent={<Link to="/styles">Styles</Link>} full>
      {isRead ? (
        <StyleEditorView record={style.data} slots={slots.data} userId={user.data.userId} onName={setName} />
      ) : (
        <div className={classes.message} aria-busy={error === null || undefined}>
          {error === null ? (
            <span className="visually-hidden">Loading</span>
          ) : (
            <ErrorNote
              error={error}
              onRetry={() => {
                void style.refetch()
                void slots.refetch()
              }}
            />
          )}
        </div>
      )}
    </Page>
  )
}

function NoStyle({ id }: { id: string }) {
  return (
    <Page title="No such style" parent={<Link to="/styles">Styles</Link>}>
      <Note icon="help">
        <p>There is no style {id} on your account. It may have been deleted, or it belongs to another account.</p>
        <p>
          <Link to="/styles">All styles</Link>
        </p>
      </Note>
    </Page>
  )
}
