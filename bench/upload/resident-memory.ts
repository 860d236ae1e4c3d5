import { readFile, writeFile } from 'node:fs/promises'

/** Resident memory of a process in bytes. Linux only. */
export interface ResidentMemory {
  now(): Promise<number>
  /** Resets the peak. */
  reset(): Promise<void>
  /** The highest value since the last reset, as the kernel records it. */
  peak(): Promise<number>
}

/** @param pid of a process of the same user. */
export function residentMemory(pid: number): ResidentMemory {
  const read = async (field: string) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const match = new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(status)
    if (match === null) throw new Error(`/proc/${pid}/status has no ${field}`)
    return Number(match[1]) * 1024
  }
  return {
    now: () => read('VmRSS'),
    // 5 resets the peak: proc(5), clear_refs.
    reset: () => writeFile(`/proc/${pid}/clear_refs`, '5'),
    peak: () => read('VmHWM'),
  }
}
