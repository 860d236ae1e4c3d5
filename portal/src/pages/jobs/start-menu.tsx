import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { Icon } from '../../kit/icon.tsx'
import type { IconName } from '../../kit/icon-paths.ts'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { ago, duration } from '../../text/durations.ts'
import { JOB_TYPES, STARTABLE, STATES, type StartableType } from '../../text/en.ts'
import classes from './jobs.module.css'

const TYPE_ICONS: Readonly<Record<StartableType, IconName>> = {
  'refresh-public-charts': 'poll',
  'clear-tiles': 'sweep',
  'vacuum-analyze': 'tidy',
  backup: 'download',
}

/** What an administrator may start: what each does, when it last ran and how long that took. */
export function StartMenu({
  busy,
  onStart,
  button,
}: {
  busy: boolean
  onStart(type: StartableType): void
  button: RefObject<HTMLButtonElement | null>
}) {
  const offline = useOfflineReason()
  const [open, setOpen] = useState(false)
  return (
    <Menu opened={open} onChange={(next) => setOpen(next && offline === null)} width={380}>
      <Menu.Target>
        <Button ref={button} kind="solid" icon="plus" busy={busy} off={offline}>
          Start
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {STARTABLE.map((type) => (
          <Menu.Item key={type} leftSection={<Icon name={TYPE_ICONS[type]} />} onClick={() => onStart(type)}>
            <span className={classes.start}>
              <strong>{JOB_TYPES[type]?.name}</strong>
              <small>{JOB_TYPES[type]?.does}</small>
              <small>
                <LastRun type={type} />
              </small>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function LastRun({ type }: { type: StartableType }) {
  const { api, clock } = usePortal()
  const { data } = useQuery({
    queryKey: ['last-run', type],
    queryFn: ({ signal }) => api.jobs({ type, parent: 'none', limit: 1 }, signal),
    staleTime: 2_000,
  })
  if (data === undefined) return <>Last run: …</>
  const [job] = data.jobs
  if (job === undefined) return <>Never run yet.</>
  if (job.finishedAt === null) return <>At work now, {job.percentComplete} %.</>
  const took = job.startedAt === null ? '' : `, took ${duration(job.finishedAt - job.startedAt)}`
  return (
    <>
      Last run {ago(clock.now() - job.finishedAt)}: {STATES[job.jobState].toLowerCase()}
      {took}.
    </>
  )
}
