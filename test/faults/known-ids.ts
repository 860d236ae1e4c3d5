/** What of each kind a path may name, with the parameter at its end: jobs, exports, cells. */
export interface KnownIds {
  /** Takes the ids that an answer names. */
  note(path: string, answer: unknown): void
  /** One that was noted for the kind that a path names first; null when there is none. */
  pick(path: string, index: number): string | null
}

/** Of each kind: the latest. */
const MOST = 50

export function createKnownIds(): KnownIds {
  const byKind = new Map<string, string[]>()

  function keep(kind: string, id: unknown): void {
    if (typeof id !== 'string' && typeof id !== 'number') return
    const known = (byKind.get(kind) ?? []).filter((each) => each !== String(id))
    byKind.set(kind, [...known, String(id)].slice(-MOST))
  }

  return {
    note(path, answer) {
      for (const entry of entriesOf(answer)) {
        const { id, name, jobId, upload } = entry as Record<string, unknown>
        keep(kindOf(path), id ?? name)
        keep('jobs', jobId)
        keep('uploads', (upload as { id?: unknown } | undefined)?.id)
      }
    },
    pick(path, index) {
      const known = byKind.get(kindOf(path)) ?? []
      return known[index % known.length] ?? null
    },
  }
}

/** The last part of a path before its first parameter. */
function kindOf(path: string): string {
  return path.split('/{', 1)[0]?.split('/').at(-1) ?? ''
}

/** The entries of a list, which may be a member of the answer, or the answer itself. */
function entriesOf(answer: unknown): object[] {
  const list = Array.isArray(answer) ? answer : (Object.values(answer ?? {}).find(Array.isArray) ?? [answer])
  return list.filter((each) => typeof each === 'object' && each !== null)
}
