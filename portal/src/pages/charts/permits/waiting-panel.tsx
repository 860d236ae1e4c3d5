import { Link } from '@tanstack/react-router'
import table from '../../../kit/data-table.module.css'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { counted } from '../../../text/plural.ts'
import classes from '../charts.module.css'
import { useWaitingCharts } from './waiting-note.tsx'

/** The uploaded charts that cannot be read until their permits are uploaded; nothing when there are none. */
export function WaitingPanel() {
  const { data = [], error, refetch } = useWaitingCharts()
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  return data.length === 0 ? null : (
    <Panel title="Charts that wait for a permit" note={counted(data.length, 'chart')} flush>
      <table className={`${table.base} ${classes.table}`}>
        <caption className="visually-hidden">Charts that wait for a permit</caption>
        <thead>
          <tr>
            <th scope="col">Chart</th>
            <th scope="col">Title</th>
            <th scope="col">Upload</th>
          </tr>
        </thead>
        <tbody>
          {data.map(({ name, title, filename, uploadId }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{title}</td>
              <td>
                <Link to="/charts/uploads/$id" params={{ id: String(uploadId) }} search={{ status: 'waiting' }}>
                  {filename}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
