import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { CellDetail, CellFailure } from '../../../api/charts-api.ts'
import { Bones } from '../../../kit/bones.tsx'
import { Empty } from '../../../kit/empty.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { Note } from '../../../kit/note.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { Age, DateTime } from '../../../kit/time.tsx'
import { usePortal, usePreferences } from '../../../state/portal-context.tsx'
import { ageWords, bandName, editionText, STANDARDS, scaleText, sourceName } from '../../../text/charts-en.ts'
import { counted, integer } from '../../../text/plural.ts'
import { ChartFileButton } from '../../map/chart-file.tsx'
import { sourceOfSession } from '../../map/map-source.ts'
import { positionText } from '../../map/position-text.ts'
import classes from '../charts.module.css'
import { ChartsFrame } from '../charts-frame.tsx'
import { mapPlaceOf } from '../map-place.ts'
import { issued } from './cell-filter.ts'
import classNames from './class-names.json'
import { keyOf } from './outlines/chart-shapes.ts'

/** Classes of objects in words, by acronym. */
const CLASS_NAMES: Readonly<Record<string, string>> = classNames

/** One chart: its facts, what is in it, its warnings, and its last failed try. */
export function CellPage() {
  const { name } = useParams({ from: '/shell/charts/cells/$name' })
  const { charts } = usePortal()
  const { data, error, refetch } = useQuery({
    queryKey: ['cell', name],
    queryFn: ({ signal }) => charts.cell(name, signal),
    staleTime: 0,
  })
  return (
    <ChartsFrame title={data === null ? 'No such chart' : name} parent={<Link to="/charts/cells">All charts</Link>}>
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <Bones rows={5} />
        ) : null
      ) : data === null ? (
        <Panel title="No such chart">
          <Empty action={<Link to="/charts/cells">Go to All charts</Link>}>
            There is no such chart. It was withdrawn or deleted, it belongs to another account, or the link is wrong.
          </Empty>
        </Panel>
      ) : (
        <>
          {data.lastFailure === null ? null : <Failure failure={data.lastFailure} shown={data.cell !== null} />}
          {data.cell === null ? null : <CellFacts cell={data.cell} />}
        </>
      )}
    </ChartsFrame>
  )
}

function Failure({ failure, shown }: { failure: CellFailure; shown: boolean }) {
  const edition = editionText(failure.edition, failure.update)
  return (
    <Note kind="error" icon="failed">
      <p>
        The last try to read {edition === '' ? 'this chart' : `edition ${edition}`} failed
        {failure.failedAt === null ? '' : ' '}
        {failure.failedAt === null ? null : <Age at={failure.failedAt} />}: {failure.reason}
      </p>
      <p>
        {shown ? 'The version that was read before is still shown.' : 'There is no other version to show.'}{' '}
        <WhereItFailed failure={failure} />
      </p>
    </Note>
  )
}

/** The upload or the refresh in which a chart failed, as long as it exists. */
function WhereItFailed({ failure: { uploadId, refreshJobId } }: { failure: CellFailure }) {
  if (uploadId !== null) {
    return (
      <Link to="/charts/uploads/$id" params={{ id: String(uploadId) }}>
        See the upload
      </Link>
    )
  }
  return refreshJobId === null ? null : (
    <Link to="/jobs/$id" params={{ id: refreshJobId }}>
      See the refresh
    </Link>
  )
}

function CellFacts({ cell }: { cell: CellDetail }) {
  const portal = usePortal()
  const { positionFormat } = usePreferences()
  const [source] = useState(() => sourceOfSession(portal))
  const date = issued(cell)
  const [west = 0, south = 0, east = 0, north = 0] = cell.bbox
  const corners = [
    positionText({ latitude: south, longitude: west }, positionFormat),
    positionText({ latitude: north, longitude: east }, positionFormat),
  ]
  const facts = [
    ['Title', cell.title],
    ['Standard', STANDARDS[cell.standard]],
    ['Edition and update', editionText(cell.edition, cell.update)],
    ['Issued', cell.issueDate],
    ['Updated', cell.updateDate],
    ['Age', date === '' ? null : ageWords(date, portal.clock.now())],
    ['Compilation scale', scaleText(cell.scale)],
    ['Usage', bandName(cell.usageBand)],
    ['Within', corners.join(' to ')],
  ] as const
  return (
    <>
      <Panel
        title="Chart"
        actions={
          <>
            <Link to="/charts/cells" search={{ chart: keyOf(cell) }}>
              In the list
            </Link>
            <Link to="/map" search={mapPlaceOf(cell)}>
              On the map
            </Link>
          </>
        }
      >
        <Facts>
          {facts.map(([word, value]) =>
            value === null || value === '' ? null : (
              <div key={word}>
                <dt>{word}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
          <div>
            <dt>Source</dt>
            <dd>
              {cell.uploadId === null ? (
                sourceName(cell)
              ) : (
                <Link to="/charts/uploads/$id" params={{ id: String(cell.uploadId) }}>
                  Upload
                </Link>
              )}
            </dd>
          </div>
          <div>
            <dt>Read</dt>
            <dd>
              <DateTime at={cell.indexedAt} />
              {cell.refreshJobId === null ? null : (
                <>
                  {' by '}
                  <Link to="/jobs/$id" params={{ id: cell.refreshJobId }}>
                    a refresh
                  </Link>
                </>
              )}
            </dd>
          </div>
        </Facts>
      </Panel>
      {cell.warnings.length === 0 && cell.upToDate ? null : (
        <Panel title="Warnings">
          <ul className={classes.problems}>
            {cell.upToDate ? null : <li className={classes.warning}>An update is missing or could not be applied.</li>}
            {cell.warnings.map((text) => (
              <li key={text} className={classes.warning}>
                {text}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Contents cell={cell} />
      {cell.files.length === 0 ? null : (
        <Panel title="Texts and pictures">
          <p className={classes.row}>
            {cell.files.map((file) => (
              <ChartFileButton key={file} source={source} cell={cell.name} file={file}>
                {file}
              </ChartFileButton>
            ))}
          </p>
        </Panel>
      )}
    </>
  )
}

/** How many objects of each class a chart has, the most frequent first. */
function Contents({ cell }: { cell: CellDetail }) {
  const classesIn = Object.entries(cell.features).toSorted(([, a], [, b]) => b - a)
  return (
    <Panel title="What is in it" note={counted(cell.featureCount, 'object')}>
      <dl className={classes.contents}>
        {classesIn.map(([acronym, count]) => (
          <div key={acronym}>
            <dt>
              {CLASS_NAMES[acronym] ?? acronym} <code>{acronym}</code>
            </dt>
            <dd>{integer(count)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
