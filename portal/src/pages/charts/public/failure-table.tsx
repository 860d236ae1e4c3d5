import { Link } from '@tanstack/react-router'
import type { PublicFailure } from '../../../api/charts-api.ts'
import table from '../../../kit/data-table.module.css'
import { Age } from '../../../kit/time.tsx'
import { editionText } from '../../../text/charts-en.ts'
import classes from '../charts.module.css'

/** The charts of a source that the last refresh could not download or read, with the reason. */
export function FailureTable({ title, failures }: { title: string; failures: readonly PublicFailure[] }) {
  return (
    <table className={`${table.base} ${classes.table}`}>
      <caption className="visually-hidden">{title} that failed last time</caption>
      <thead>
        <tr>
          <th scope="col" className={classes.medium}>
            Chart
          </th>
          <th scope="col">Reason</th>
          <th scope="col" className={classes.short}>
            Edition
          </th>
          <th scope="col" className={classes.short}>
            When
          </th>
        </tr>
      </thead>
      <tbody>
        {failures.map(({ name, reason, edition, update, failedAt }) => (
          <tr key={name}>
            <td>
              <Link to="/charts/cells/$name" params={{ name }}>
                {name}
              </Link>
            </td>
            <td className={classes.failed}>{reason}</td>
            <td>{editionText(edition, update)}</td>
            <td>
              <Age at={failedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
