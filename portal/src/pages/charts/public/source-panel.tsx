import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CellCounts, PublicFailure } from '../../../api/charts-api.ts'
import type { Instance, JobSummary } from '../../../api/records.ts'
import { Facts } from '../../../kit/facts.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { Age } from '../../../kit/time.tsx'
import { usePortal } from '../../../state/portal-context.tsx'
import { counted, integer } from '../../../text/plural.ts'
import { hasConditions } from '../../jobs/has-conditions.ts'
import type { CellFilter } from '../cells/cell-filter.ts'
import classes from '../charts.module.css'
import { FailureTable } from './failure-table.tsx'
import { checkWords, filterWords, namedSource, type PublicSource, settingOf } from './sources.ts'

interface SourcePanelProps {
  source: PublicSource
  instance: Instance
  refresh: JobSummary | null
  /** How many of its charts the server has. */
  held: CellCounts
  failures: readonly PublicFailure[]
}

/** A source of public charts: its settings, its charts, and those that failed. */
export function SourcePanel({ source, instance, refresh, held, failures }: SourcePanelProps) {
  const address = settingOf(instance, source.variable)
  const found = refresh === null ? null : checkWords(refresh, source.id)
  const isTold = instance.settings !== undefined
  const { name, about, isInvented } = namedSource(
    source,
    held,
    failures.map((failure) => failure.name),
  )
  return (
    <Panel title={name} note={about}>
      <Facts>
        {isInvented ? null : <Held word="Charts held" source={source.id} count={held.all - held.invented} />}
        {held.invented === 0 ? null : (
          <Held word={isInvented ? 'Charts held' : 'Invented charts held'} source="invented" count={held.invented} />
        )}
        {found === null ? null : (
          <div>
            <dt>Found by the last check</dt>
            <dd>{found}</dd>
          </div>
        )}
        {source.id === 'noaa' && !isInvented ? <Agreement address={address} /> : null}
      </Facts>
      {isTold ? <OperatorSettings source={source} instance={instance} address={address} /> : null}
      {failures.length === 0 ? null : (
        <>
          <h3 className={classes.subhead}>{counted(failures.length, 'chart')} failed last time</h3>
          <FailureTable title={isInvented ? 'Invented charts' : `Charts of ${name}`} failures={failures} />
        </>
      )}
    </Panel>
  )
}

function Held({ word, source, count }: { word: string; source: NonNullable<CellFilter['source']>; count: number }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>
        <Link to="/charts/cells" search={{ source }}>
          {integer(count)}
        </Link>
      </dd>
    </div>
  )
}

function OperatorSettings({
  source,
  instance,
  address,
}: Pick<SourcePanelProps, 'source' | 'instance'> & { address: string | null }) {
  const filter = settingOf(instance, 'PUBLIC_CHARTS_FILTER')
  return (
    <dl className={classes.settings}>
      <div>
        <dt>Address</dt>
        <dd>{address ?? 'None: this source is not used'}</dd>
        <dd className={classes.muted}>{source.variable}, set by the operator</dd>
      </div>
      {address === null ? null : (
        <div>
          <dt>Filter</dt>
          <dd>{filterWords(filter)}</dd>
          <dd className={classes.muted}>PUBLIC_CHARTS_FILTER, set by the operator</dd>
        </div>
      )}
    </dl>
  )
}

function Agreement({ address }: { address: string | null }) {
  const { api } = usePortal()
  const { data } = useQuery({ queryKey: ['agreement'], queryFn: ({ signal }) => api.agreement(signal) })
  if (data === undefined) return null
  return (
    <div>
      <dt>NOAA's conditions</dt>
      <dd>
        {data.acceptedAt !== null ? (
          <>
            Accepted by {data.acceptedBy}, <Age at={data.acceptedAt} />
          </>
        ) : address === null || hasConditions(address) ? (
          'Not accepted yet'
        ) : (
          'Not asked for: the charts come from a copy'
        )}
      </dd>
    </div>
  )
}
