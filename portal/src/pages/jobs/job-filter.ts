import { JOB_STATES, type JobState, type JobSummary } from '../../api/records.ts'

/** The filter of the Jobs page, as its URL holds it. */
export interface JobFilter {
  state?: JobState[]
  type?: string
  account?: number
  /** Child jobs too, not top-level jobs alone. */
  children?: true
}

/** The part of the filter that a control shows and changes. */
export interface FilterProps {
  filter: JobFilter
  onChange(filter: JobFilter): void
}

/** Reads the filter from a page's URL; invalid values are left out, so that an old link still opens. */
export function readJobFilter(search: Record<string, unknown>): JobFilter {
  const states = list(search.state).filter((each): each is JobState => JOB_STATES.some((state) => state === each))
  const account = Number(search.account)
  return {
    ...(states.length > 0 ? { state: [...new Set(states)] } : {}),
    ...(typeof search.type === 'string' && /^[a-z0-9-]{1,100}$/.test(search.type) ? { type: search.type } : {}),
    ...(search.account !== undefined && Number.isSafeInteger(account) && account > 0 ? { account } : {}),
    ...(search.children === true || search.children === 'true' || search.children === 1 ? { children: true } : {}),
  }
}

function list(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
        .split(',')
        .filter((each) => each !== '')
    : []
}

export function isFiltered(filter: JobFilter): boolean {
  return Object.keys(filter).length > 0
}

/** Whether a job fits the filter; its state counts only where `states` says so. */
export function fits(filter: JobFilter, job: JobSummary): boolean {
  if (filter.children !== true && job.parentJobId !== null) return false
  if (filter.type !== undefined && filter.type !== job.jobType) return false
  if (filter.account !== undefined && job.accountId !== filter.account) return false
  return filter.state === undefined || filter.state.includes(job.jobState)
}

const ACTIVE: readonly JobState[] = ['pending', 'running']
const ENDED: readonly JobState[] = ['completed', 'failed', 'cancelled']

/** The states that each section of the page shows; an empty list means that the section has none. */
export function sectionStates(filter: JobFilter): { now: JobState[]; earlier: JobState[] } {
  const wanted = (states: readonly JobState[]) =>
    states.filter((state) => filter.state === undefined || filter.state.includes(state))
  return { now: wanted(ACTIVE), earlier: wanted(ENDED) }
}

/** Filters by one account; by none when the id is 0. */
export function chooseAccount(filter: JobFilter, id: number): JobFilter {
  const { account: _, ...rest } = filter
  return id === 0 ? rest : { ...rest, account: id }
}

/** Switches a state of the filter on or off. */
export function toggleState(filter: JobFilter, state: JobState): JobFilter {
  const held = filter.state ?? []
  const next = held.includes(state) ? held.filter((each) => each !== state) : [...held, state]
  const { state: _, ...rest } = filter
  return next.length === 0 ? rest : { ...rest, state: next }
}
