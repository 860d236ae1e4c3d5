import type { Instance } from '../../api/records.ts'
import table from '../../kit/data-table.module.css'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { POOL_WORDS, ROLE_WORDS } from '../../text/admin-en.ts'
import { sentence } from '../../text/job-words.ts'
import { counted } from '../../text/plural.ts'
import { bytes } from '../../text/sizes.ts'

interface ProcessesProps {
  processes: NonNullable<Instance['processes']>
  threads: NonNullable<Instance['threads']>
}

/** The processes that work on this database, and the threads of the one that answered. */
export function Processes({ processes, threads }: ProcessesProps) {
  return (
    <Panel title="Processes" note={`${counted(processes.length, 'process', 'processes')} alive`} flush>
      <table className={table.table}>
        <caption className="visually-hidden">Processes that are alive, the oldest first</caption>
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">Machine</th>
            <th scope="col">Does</th>
            <th scope="col">Version</th>
            <th scope="col">Busy threads</th>
            <th scope="col">Memory</th>
            <th scope="col">Started</th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {processes.map((each) => (
            <tr key={`${each.name} ${each.startedAt}`}>
              <td className={table.named}>{each.name}</td>
              <td data-label="Machine">{each.host}</td>
              <td data-label="Does" className={table.words}>
                {ROLE_WORDS[each.role] ?? each.role}
              </td>
              <td data-label="Version">{each.version}</td>
              <td data-label="Busy threads">
                {each.busyThreads} of {each.threads}
              </td>
              <td data-label="Memory">{bytes(each.memoryBytes)}</td>
              <td data-label="Started">
                <Age at={each.startedAt} />
              </td>
              <td data-label="Last seen">
                <Age at={each.lastSeenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {threads.length === 0 ? null : (
        <table className={table.table}>
          <caption className="visually-hidden">Worker threads of the process that answered</caption>
          <thead>
            <tr>
              <th scope="col">Threads of the process that answered</th>
              <th scope="col">Number</th>
              <th scope="col">Busy</th>
              <th scope="col">Waiting</th>
            </tr>
          </thead>
          <tbody>
            {threads.map((pool) => (
              <tr key={pool.pool}>
                <td>{POOL_WORDS[pool.pool] ?? sentence(pool.pool)}</td>
                <td data-label="Number">{pool.threads}</td>
                <td data-label="Busy">{pool.busy}</td>
                <td data-label="Waiting">{pool.queued}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
