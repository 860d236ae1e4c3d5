import { readdir, readFile } from 'node:fs/promises'

/** Resident bytes of a process (VmRSS). Linux only, like everything here. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024
}

/**
 * Memory of a process and all its descendants in bytes: pages that several of them share are divided among them (PSS, proc(5),
 * smaps_rollup). Processes that end during the measurement do not count.
 */
export async function proportionalBytes(root: number): Promise<number> {
  const children = new Map<number, number[]>()
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  await Promise.all(
    numbers.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
      // The name of the program is in parentheses and may contain any character.
      const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      children.set(parent, [...(children.get(parent) ?? []), pid])
    }),
  )
  const family = [root]
  for (const pid of family) family.push(...(children.get(pid) ?? []))
  const shares = await Promise.all(
    family.map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => null)
      return rollup === null ? 0 : Number(/^Pss:\s*(\d+) kB$/m.exec(rollup)?.[1]) * 1024
    }),
  )
  return shares.reduce((sum, share) => sum + share, 0)
}

/** Watches the memory of the server and of PostgreSQL until it is stopped. */
export interface MemoryWatch {
  /** Highest values seen, in bytes. */
  stop(): Promise<{ node: number; postgres: number }>
}

/** @param postmaster process number of the running PostgreSQL. */
export function watchMemory(node: number, postmaster: number): MemoryWatch {
  const most = { node: 0, postgres: 0 }
  const look = async () => {
    most.node = Math.max(most.node, await residentBytes(node))
    most.postgres = Math.max(most.postgres, await proportionalBytes(postmaster))
  }
  const stopped = new AbortController()
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      await look()
      await pause(500, stopped.signal)
    }
  })()
  return {
    async stop() {
      stopped.abort()
      await watching
      return most
    },
  }
}

/** Waits, or less when the signal aborts. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
