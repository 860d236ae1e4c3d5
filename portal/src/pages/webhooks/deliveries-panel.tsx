import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { LAST_DELIVERIES, type WebhookDelivery } from '../../api/webhooks-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import table from '../../kit/data-table.module.css'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age, ClockTime } from '../../kit/time.tsx'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { deliveryText, EVENT_WORDS } from '../../text/admin-en.ts'
import { StateText } from '../charts/state-text.tsx'
import classes from './webhooks.module.css'

/** How often messages on their way are checked, in milliseconds. */
const LOOK_AGAIN = 1_500
/** Messages that wait longer than this for their next try are not polled. */
const SOON = 60_000
const SHOWN = { delivered: 'completed', pending: 'pending', failed: 'failed' } as const

/** The latest messages of a webhook, and a way to send a test. */
export function DeliveriesPanel({ webhookId, isPaused }: { webhookId: number; isPaused: boolean }) {
  const { webhooks, clock } = usePortal()
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<unknown>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['webhook-deliveries', webhookId],
    queryFn: ({ signal }) => webhooks.deliveries(webhookId, signal),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.some(({ nextAttemptAt }) => nextAttemptAt !== null && nextAttemptAt < clock.now() + SOON) ? LOOK_AGAIN : false,
  })

  async function sendTest(): Promise<void> {
    setBusy(true)
    setRefused(null)
    try {
      await webhooks.test(webhookId)
      announce('A test message is on its way')
      await refetch()
    } catch (problem) {
      setRefused(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Panel
      title="Last messages"
      actions={
        <Button icon="live" busy={busy} off={offline} onClick={() => void sendTest()}>
          Send a test
        </Button>
      }
      flush
    >
      {error === null && refused === null ? null : <ErrorNote error={refused ?? error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <Bones rows={3} />
        ) : null
      ) : data.length === 0 ? (
        <Empty>Nothing has been sent yet. A test shows whether the receiver responds.</Empty>
      ) : (
        <DeliveryTable deliveries={data} isPaused={isPaused} />
      )}
      {data?.length === LAST_DELIVERIES ? <p className={classes.last}>The last {LAST_DELIVERIES} are shown.</p> : null}
    </Panel>
  )
}

function DeliveryTable({ deliveries, isPaused }: { deliveries: readonly WebhookDelivery[]; isPaused: boolean }) {
  const { clock } = usePortal()
  return (
    <table className={table.table}>
      <caption className="visually-hidden">Messages, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">About</th>
          <th scope="col">What became of it</th>
          <th scope="col">Queued</th>
          <th scope="col">Next try</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <td className={table.words}>
              {delivery.jobId === null ? (
                (EVENT_WORDS[delivery.event] ?? delivery.event)
              ) : (
                <Link to="/jobs/$id" params={{ id: delivery.jobId }}>
                  {EVENT_WORDS[delivery.event] ?? delivery.event}
                </Link>
              )}
            </td>
            <td>
              <StateText state={SHOWN[delivery.state]}>{deliveryText(delivery, { now: clock.now(), isPaused })}</StateText>
            </td>
            <td data-label="Queued">
              <Age at={delivery.createdAt} />
            </td>
            <td data-label="Next try">{delivery.nextAttemptAt === null ? '' : <ClockTime at={delivery.nextAttemptAt} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
