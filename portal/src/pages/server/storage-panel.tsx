import type { Instance } from '../../api/records.ts'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import { bytes } from '../../text/sizes.ts'
import classes from './server.module.css'

const PARTS = [
  ['charts', 'Public charts'],
  ['compiled', 'Charts prepared for drawing'],
  ['tiles', 'Drawn tiles'],
  ['uploads', 'Uploads'],
  ['database', 'Database'],
] as const

/** What fills the disk, and what is left of it. Bars compare the parts with each other. */
export function StoragePanel({ storage }: { storage: NonNullable<Instance['storage']> }) {
  const largest = Math.max(1, ...PARTS.map(([key]) => storage[key] ?? 0))
  return (
    <Panel
      title="Storage"
      note={
        storage.measuredAt === null ? undefined : (
          <>
            measured <Age at={storage.measuredAt} />
          </>
        )
      }
    >
      <dl className={classes.storage}>
        {PARTS.map(([key, word]) => {
          const size = storage[key]
          return (
            <div key={key}>
              <dt>{word}</dt>
              <dd className={classes.size}>{size === null ? 'not measured yet' : bytes(size)}</dd>
              <dd className={classes.track} aria-hidden="true">
                <span className={classes.fill} style={{ width: `${((size ?? 0) / largest) * 100}%` }} />
              </dd>
            </div>
          )
        })}
      </dl>
      <p className={classes.free}>
        {storage.freeDisk === null ? 'Free disk space is not known.' : `${bytes(storage.freeDisk)} free on the disk.`}
      </p>
    </Panel>
  )
}
