import type { Instance } from '../../api/records.ts'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { sentence } from '../../text/job-words.ts'
import { bytes } from '../../text/sizes.ts'
import classes from './server.module.css'

interface ProcessesProps {
  processes: NonNullable<Instance['processes']>
  threads: NonNullable<Instance['threads']>
}

/** The processes of the server, and the threads of the one that answered. */
export function Processes({ processes, threads }: ProcessesProps) {
  return (
    <Panel title="Processes" flush>
      <table className={classes.table}>
        <caption className="visually-hidden">Processes</caption>
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">Role</th>
            <th scope="col">Started</th>
            <th scope="col">Memory</th>
          </tr>
        </thead>
        <tbody>
          {processes.map((each) => (
            <tr key={each.name}>
              <td>{each.name}</td>
              <td>{each.role}</td>
              <td>
                <Age at={each.startedAt} />
              </td>
              <td>{bytes(each.memoryBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {threads.length === 0 ? null : (
        <table className={classes.table}>
          <caption className="visually-hidden">Worker threads</caption>
          <thead>
            <tr>
              <th scope="col">Threads</th>
              <th scope="col">Number</th>
              <th scope="col">Busy</th>
              <th scope="col">Waiting</th>
            </tr>
          </thead>
          <tbody>
            {threads.map((pool) => (
              <tr key={pool.pool}>
                <td>{sentence(pool.pool)}</td>
                <td>{pool.threads}</td>
                <td>{pool.busy}</td>
                <td>{pool.queued}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
