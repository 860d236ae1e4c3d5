import type { Pack } from '../../api/exports-api.ts'
import { Bones } from '../../kit/bones.tsx'
import table from '../../kit/data-table.module.css'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { LongList } from '../../kit/long-list.tsx'
import { Panel } from '../../kit/panel.tsx'
import { FIRST_PACK, packSummary, RESUMABLE } from '../../text/exports-en.ts'
import { counted } from '../../text/plural.ts'
import classes from './exports.module.css'
import { PackRow, type PackRowProps } from './pack-row.tsx'

interface PackListProps extends Omit<PackRowProps, 'pack'> {
  packs: readonly Pack[] | undefined
  error: unknown
  onRetry(): void
}

/** The packs of the account, the newest first. */
export function PackList({ packs, error, onRetry, ...row }: PackListProps) {
  return (
    <>
      {error === null ? null : <ErrorNote error={error} onRetry={onRetry} />}
      <Panel title="Packs" note={packs === undefined ? undefined : counted(packs.length, 'pack')} flush>
        {packs === undefined && error === null ? <Bones rows={3} /> : null}
        {packs?.length === 0 ? <Empty>{FIRST_PACK}</Empty> : null}
        {packs === undefined || packs.length === 0 ? null : (
          <LongList items={packs} noun="pack" searched="Name, maker or content" textOf={textOf} parameter="q" first={25}>
            {(shown) => <Table packs={shown} {...row} />}
          </LongList>
        )}
      </Panel>
      {packs?.some(({ state }) => state === 'completed') ? <p className={classes.hint}>{RESUMABLE}</p> : null}
    </>
  )
}

function textOf(pack: Pack): string {
  return [pack.fileName, pack.creatorEmail, packSummary(pack)].join(' ')
}

function Table({ packs, ...row }: { packs: readonly Pack[] } & Omit<PackRowProps, 'pack'>) {
  return (
    <table className={`${table.base} ${classes.table}`}>
      <caption className="visually-hidden">Offline packs, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">Pack</th>
          <th scope="col" className={classes.wide}>
            State
          </th>
          <th scope="col" className={classes.narrow}>
            Size
          </th>
          <th scope="col" className={classes.narrow}>
            Expires
          </th>
          <th scope="col" className={classes.medium}>
            By and when
          </th>
          <th scope="col" className={classes.last}>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {packs.map((pack) => (
          <PackRow key={pack.id} pack={pack} {...row} />
        ))}
      </tbody>
    </table>
  )
}
