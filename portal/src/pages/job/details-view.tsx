import { isRecord } from '../../api/errors.ts'
import type { JobSummary } from '../../api/records.ts'
import { CopyButton } from '../../kit/copy-button.tsx'
import { fieldName, stepName } from '../../text/job-words.ts'
import { integer } from '../../text/plural.ts'
import { bytes } from '../../text/sizes.ts'
import classes from './details.module.css'

/** Parameters and results as readable pairs; the raw record is folded. */
export function DetailsView({ job }: { job: JobSummary }) {
  const raw = JSON.stringify(job, null, 2)
  return (
    <div className={classes.details}>
      <Fields title="Parameters" value={job.parameters} none="This job takes none." />
      <Fields title="Result" value={job.result} none="There is no result yet." />
      {job.steps
        .filter((step) => isRecord(step.result) || isRecord(step.error))
        .map((step) => (
          <Fields
            key={step.id}
            title={`Step “${stepName(step.stepName)}”`}
            value={isRecord(step.error) ? step.error : step.result}
            none=""
          />
        ))}
      <details className={classes.raw}>
        <summary>The record as JSON</summary>
        <CopyButton text={() => raw}>Copy</CopyButton>
        <pre>{raw}</pre>
      </details>
    </div>
  )
}

function Fields({ title, value, none }: { title: string; value: unknown; none: string }) {
  const entries = isRecord(value) ? Object.entries(value) : []
  return (
    <section>
      <h3>{title}</h3>
      {entries.length === 0 ? (
        <p className={classes.none}>{none}</p>
      ) : (
        <dl className={classes.fields}>
          {entries.map(([key, each]) => (
            <div key={key}>
              <dt title={key}>{fieldName(key)}</dt>
              <dd>{shown(key, each)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

/** A value as text: numbers with separators, sizes with units, lists in one line, the rest as JSON. */
function shown(key: string, value: unknown): string {
  if (typeof value === 'number') return /^bytes/.test(key) ? bytes(value) : integer(value)
  if (typeof value === 'string') return value
  if (value === null) return 'none'
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ')
  return JSON.stringify(value)
}
