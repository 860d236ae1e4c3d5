import { isActive, type JobState, type JobStep, type JobSummary } from '../api/records.ts'
import { FIELDS, JOB_TYPES, STEPS } from './en.ts'
import { counted, integer } from './plural.ts'
import { bytes } from './sizes.ts'

/** The name of a job type in words; one that this version does not know is read from its id. */
export function typeName(jobType: string): string {
  return JOB_TYPES[jobType]?.name ?? sentence(jobType)
}

export function stepName(name: string): string {
  return STEPS[name]?.name ?? sentence(name.replace(/^step_/, ''))
}

/** The state to show: a running job that was asked to stop is shown as cancelling. */
export function shownState(job: Pick<JobSummary, 'jobState' | 'cancelRequestedAt'>): JobState | 'cancelling' {
  return job.jobState === 'running' && job.cancelRequestedAt !== null ? 'cancelling' : job.jobState
}

/** What the job works on, when its parameters say so: "harbour.zip", "upload 5", "8 charts", "8 charts of harbour.zip"; else null. */
export function subject(job: Pick<JobSummary, 'parameters'>): string | null {
  const { filename, uploadId, cells } = job.parameters
  const file = typeof filename === 'string' && filename !== '' ? filename : null
  if (Array.isArray(cells)) {
    const names = cells.filter((cell) => typeof cell === 'string')
    const charts = names.length > 0 && names.length <= 2 ? names.join(', ') : counted(cells.length, 'chart')
    return file === null ? charts : `${charts} of ${file}`
  }
  if (file !== null) return file
  return typeof uploadId === 'number' ? `upload ${uploadId}` : null
}

/** What goes on now: the running step in words, or why the job waits; null when it has ended. */
export function doing(job: JobSummary): string | null {
  if (!isActive(job.jobState)) return null
  if (shownState(job) === 'cancelling') return 'Asked to stop; not stopped yet'
  if (job.waitingReason !== null) return waitingSentence(job.waitingReason)
  const step = currentStep(job)
  return step === undefined ? 'Starting' : (STEPS[step.stepName]?.doing ?? stepName(step.stepName))
}

function currentStep({ steps }: Pick<JobSummary, 'steps'>): JobStep | undefined {
  return steps.find((step) => step.status === 'running') ?? steps.find((step) => step.status === 'pending')
}

/** The server's reason to wait, as a sentence of the page. */
export function waitingSentence(reason: string): string {
  const children = /^waits for (\d+) of (\d+) child jobs$/.exec(reason)
  if (children !== null) return `Waiting for ${integer(Number(children[1]))} of ${counted(Number(children[2]), 'child job')}`
  const ahead = /^(\d+) jobs? (?:is|are) ahead of it in its queue$/.exec(reason)
  if (ahead !== null) return `Waiting for its turn: ${counted(Number(ahead[1]), 'job')} ahead`
  const many = /^more than (\d+) jobs are ahead of it in its queue$/.exec(reason)
  if (many !== null) return `Waiting for its turn: more than ${integer(Number(many[1]))} jobs ahead`
  if (/^waits to be tried again$/.test(reason)) return 'Waiting to be tried again'
  if (/^waits for a free worker$/.test(reason)) return 'Waiting for a free worker'
  return sentence(reason)
}

/** How it ended, in a few words: "28 charts indexed, 1 failed". Null while it runs or when there is nothing to say. */
export function outcome(job: Pick<JobSummary, 'jobState' | 'jobType' | 'result' | 'error'>): string | null {
  if (isActive(job.jobState)) return null
  const { result } = job
  const parts = result === null ? [] : resultParts(job.jobType, result)
  if (job.jobState === 'failed') return sentence(job.error?.message ?? 'It failed without a reason')
  return parts.length > 0 ? parts.join(', ') : null
}

function resultParts(jobType: string, result: Record<string, unknown>): string[] {
  const number = (key: string): number => (typeof result[key] === 'number' ? result[key] : 0)
  const parts: string[] = []
  const add = (key: string, text: (value: number) => string): void => {
    if (number(key) > 0) parts.push(text(number(key)))
  }
  switch (jobType) {
    case 'refresh-public-charts':
    case 'index-public-encs':
    case 'index-custom-encs':
      add('indexed', (value) => `${counted(value, 'chart')} indexed`)
      add('failed', (value) => `${integer(value)} failed`)
      add('waiting', (value) => `${integer(value)} waiting for a permit`)
      add('cancelled', (value) => `${integer(value)} cancelled`)
      add('withdrawn', (value) => `${integer(value)} withdrawn`)
      if (parts.length === 0)
        parts.push(number('checked') > 0 ? `${counted(number('checked'), 'chart')} up to date` : 'Nothing new')
      break
    case 'user-upload':
      add('cells', (value) => counted(value, 'chart'))
      add('permits', (value) => counted(value, 'permit'))
      break
    case 'delete-upload':
      parts.push(`${counted(number('removed'), 'chart')} removed`)
      add('restored', (value) => `${integer(value)} restored`)
      break
    case 'recompile-cells':
      parts.push(`${counted(number('compiled'), 'chart')} compiled`)
      add('failed', (value) => `${integer(value)} failed`)
      break
    case 'clear-tiles':
      parts.push(
        number('tiles') === 0
          ? 'The cache was empty'
          : `${counted(number('tiles'), 'tile')} removed, ${bytes(number('bytes'))} freed`,
      )
      break
    case 'export-charts':
      parts.push(counted(number('tiles'), 'tile'), bytes(number('bytes')))
      break
    case 'backup':
      parts.push(`${counted(number('blobs'), 'chart file')} and the database saved, ${bytes(number('bytes'))}`)
      break
    case 'vacuum-analyze':
      parts.push(`${bytes(number('bytesBefore'))} before, ${bytes(number('bytesAfter'))} after`)
      break
  }
  return parts
}

/** Who started a job; null when the record does not say. */
export function starter(job: Pick<JobSummary, 'startedBy'>): string | null {
  const by = job.startedBy
  if (by === null) return null
  if (typeof by.username === 'string') return by.username
  switch (by.kind) {
    case 'schedule':
      return 'Schedule'
    case 'server':
      return 'Server'
    case 'job':
      return 'Parent job'
    case 'user':
    case 'upload':
      return 'A deleted user'
    default:
      return sentence(by.kind)
  }
}

/** The label of a field of a result or of parameters. */
export function fieldName(key: string): string {
  return FIELDS[key] ?? sentence(key.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`))
}

/** A name or fragment with a capital first letter, and spaces for dashes and underscores where it is an id. */
export function sentence(text: string): string {
  const spaced = /^[a-z0-9_-]+$/.test(text) ? text.replaceAll(/[_-]/g, ' ') : text
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
