import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CellPermit } from '../../../api/charts-api.ts'
import { Bones } from '../../../kit/bones.tsx'
import { CopyButton } from '../../../kit/copy-button.tsx'
import table from '../../../kit/data-table.module.css'
import { Empty } from '../../../kit/empty.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { usePortal } from '../../../state/portal-context.tsx'
import { counted } from '../../../text/plural.ts'
import classes from '../charts.module.css'
import { ChartsFrame } from '../charts-frame.tsx'
import { StateText } from '../state-text.tsx'
import { daysLeft, permitState } from './permit-state.ts'
import { WaitingPanel } from './waiting-panel.tsx'

/** The user permit of the server, and the cell permits of the account, the first to expire first. */
export function PermitsPage() {
  const { charts } = usePortal()
  const permits = useQuery({ queryKey: ['permits'], queryFn: ({ signal }) => charts.permits(signal), staleTime: 0 })
  return (
    <ChartsFrame title="Permits">
      <UserPermit />
      <WaitingPanel />
      {permits.error === null ? null : <ErrorNote error={permits.error} onRetry={() => void permits.refetch()} />}
      <Panel title="Cell permits" note={permits.data === undefined ? undefined : counted(permits.data.length, 'permit')} flush>
        {permits.data === undefined ? (
          permits.error === null ? (
            <Bones rows={4} />
          ) : null
        ) : permits.data.length === 0 ? (
          <Empty action={<Link to="/charts/uploads">Go to Uploads</Link>}>
            There are no permits yet. They decrypt charts of S-63 distributors; upload the file PERMIT.TXT that comes with them.
          </Empty>
        ) : (
          <PermitTable permits={permits.data} />
        )}
      </Panel>
    </ChartsFrame>
  )
}

function UserPermit() {
  const { charts } = usePortal()
  const { data, error, refetch } = useQuery({ queryKey: ['user-permit'], queryFn: ({ signal }) => charts.userPermit(signal) })
  return (
    <Panel title="User permit of this server">
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? null : data === null ? (
        <p>
          This server has no S-63 identity, so it cannot read encrypted charts. Its operator must set S63_MANUFACTURER_ID,
          S63_MANUFACTURER_KEY and S63_HARDWARE_ID, and then restart it.
        </p>
      ) : (
        <>
          <div className={classes.permit}>
            <span className={classes.code}>{data}</span>
            <CopyButton text={() => data}>Copy</CopyButton>
          </div>
          <p className={classes.muted}>
            Give it to your chart distributor when you order encrypted charts. Then upload the permits and charts that you
            receive.
          </p>
        </>
      )}
    </Panel>
  )
}

function PermitTable({ permits }: { permits: readonly CellPermit[] }) {
  const { clock } = usePortal()
  return (
    <table className={`${table.base} ${classes.table}`}>
      <caption className="visually-hidden">Cell permits, the first to expire first</caption>
      <thead>
        <tr>
          <th scope="col">Chart</th>
          <th scope="col">Expires</th>
          <th scope="col">Data server</th>
          <th scope="col" className={classes.short}>
            Upload
          </th>
        </tr>
      </thead>
      <tbody>
        {permits.map((permit) => {
          const left = daysLeft(permit.expires, clock.now())
          const state = permitState(permit.expired, left)
          return (
            <tr key={permit.cell}>
              <td>{permit.cell}</td>
              <td>
                <StateText state={state}>
                  {permit.expires}
                  {permit.expired ? ', expired' : state === 'waiting' ? `, ${counted(left, 'day')} left` : ''}
                </StateText>
              </td>
              <td>{permit.dataServer}</td>
              <td>
                <Link to="/charts/uploads/$id" params={{ id: String(permit.uploadId) }}>
                  Open
                </Link>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
