import { Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { JobSummary } from '../../api/records.ts'
import { Button } from '../../kit/button.tsx'
import { copyText } from '../../kit/copy-text.ts'
import { Icon } from '../../kit/icon.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { typeName } from '../../text/job-words.ts'
import { canCancel, canRetry } from './job-rights.ts'
import type { JobActions } from './use-job-actions.tsx'

interface RowMenuProps {
  job: JobSummary
  actions: Pick<JobActions, 'cancel' | 'retry'>
}

/** The menu of a row. It is only a button until its first use, because a page of menus takes longer to render than its rows. */
export function RowMenu(props: RowMenuProps) {
  const [used, setUsed] = useState(false)
  if (used) return <OpeningMenu {...props} />
  return (
    <Button
      kind="quiet"
      icon="more"
      aria-label={labelOf(props.job)}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setUsed(true)}
    />
  )
}

function labelOf({ jobType }: JobSummary): string {
  return `More for ${typeName(jobType)}`
}

/** Opens as soon as it is mounted. Its button takes the focus first, so that closing returns the focus to it. */
function OpeningMenu({ job, actions }: RowMenuProps) {
  const navigate = useNavigate()
  const { base } = usePortal()
  const { data: user } = useUser()
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(true), [])
  return (
    <Menu withinPortal opened={open} onChange={setOpen}>
      <Menu.Target>
        <Button kind="quiet" icon="more" aria-label={labelOf(job)} ref={focus} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="jobs" />} onClick={() => void navigate({ to: '/jobs/$id', params: { id: job.id } })}>
          Open
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="cancelling" />}
          disabled={!canCancel(job, user)}
          onClick={() => actions.cancel([job.id])}
        >
          Cancel…
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="retry" />} disabled={!canRetry(job, user)} onClick={() => actions.retry([job.id])}>
          Retry…
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="link" />} onClick={() => void copyText(new URL(`jobs/${job.id}`, base).href)}>
          Copy link
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function focus(button: HTMLButtonElement | null): void {
  button?.focus()
}
