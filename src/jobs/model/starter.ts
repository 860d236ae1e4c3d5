/** What started a job: a user, the arrival of a user's upload, the weekly schedule, the server itself, or a parent job. */
export const STARTER_KINDS = ['user', 'upload', 'schedule', 'server', 'job'] as const
export type StarterKind = (typeof STARTER_KINDS)[number]

/** Who started a job, as the API shows it. The name is the one of that time: it outlives the user. */
export interface Starter {
  kind: StarterKind
  /** Null unless a user did it, directly or by an upload. */
  userId: number | null
  username: string | null
}

/** The starter of a user's request. */
export function startedByUser(
  { userId, username }: { userId: number; username: string },
  kind: 'user' | 'upload' = 'user',
): Starter {
  return { kind, userId, username }
}

/** A starter that is not a user. */
export function startedBy(kind: 'schedule' | 'server' | 'job'): Starter {
  return { kind, userId: null, username: null }
}
