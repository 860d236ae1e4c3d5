import { type RawBuilder, sql } from 'kysely'

/** Which jobs to read. */
export interface SelectedJobs {
  /** A statement that selects `id`. */
  ids: RawBuilder<unknown>
  /** The number of jobs on all pages, when it is wanted. */
  total?: RawBuilder<number>
  /** Tells the statements of common pages apart, which are prepared: planning them takes longer than reading a page. */
  shape?: string | null
}

/** The jobs that were found, newest first. */
export interface FoundJobs<T> {
  jobs: T[]
  /** Null when it was not wanted, and when no job was found. */
  total: number | null
}

/** The mark of a statement that is prepared (`prepareMarked`), or nothing. @param view which members it reads. */
export function preparedAs(view: string, { shape }: SelectedJobs): RawBuilder<unknown> {
  return shape === undefined || shape === null ? sql`` : sql.raw(`/* prepared ${view}-${shape} */`)
}

/** A column `total` for each row; it is computed once. */
export function totalColumn({ total }: SelectedJobs): RawBuilder<unknown> {
  return sql`${total ?? sql`null::int`} as total`
}
