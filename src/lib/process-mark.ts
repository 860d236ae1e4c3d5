import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { newId } from './ids.ts'

/** A process that ended without stopping: it crashed or was killed. */
export interface LostProcess {
  id: string
  /** Its heap was full, or the kernel has killed a process for memory since it started. */
  isOutOfMemory: boolean
  /** Removes its files, once its end has been recorded. */
  forget(): Promise<void>
}

export interface ProcessMark {
  /** Unique to this process. */
  id: string
  lost: LostProcess[]
  /** Call at the end of a stop. */
  remove(): Promise<void>
}

interface StoredMark {
  pid: number
  host: string
  /** The kernel's start time of the process, because pids are reused; null where the system does not report it. */
  startTime: string | null
  bootId: string | null
  oomKills: number | null
}

const MARK = '.mark.json'
const REPORT = '.report.json'

/**
 * Leaves a file that only a stop removes, and finds those of processes that never stopped. Makes Node write a report when the heap is full,
 * so that the next start knows why this process ended. Processes on other hosts that share the folder are left alone.
 *
 * @throws when the folder cannot be read or written.
 */
export async function markProcess(folder: string): Promise<ProcessMark> {
  await mkdir(folder, { recursive: true })
  const id = newId()
  const own = await describeProcess(process.pid)
  const lost = await findLost(folder, own)
  const file = path.join(folder, id + MARK)
  await writeFile(file, JSON.stringify(own))
  if (process.report !== undefined) {
    // The report names neither the environment, which holds secrets, nor the network.
    const settings = { reportOnFatalError: true, directory: path.resolve(folder), filename: id + REPORT, compact: true }
    Object.assign(process.report, { ...settings, excludeEnv: true, excludeNetwork: true })
  }
  return { id, lost, remove: () => rm(file, { force: true }) }
}

async function findLost(folder: string, own: StoredMark): Promise<LostProcess[]> {
  const lost: LostProcess[] = []
  for (const name of await readdir(folder)) {
    if (!name.endsWith(MARK)) continue
    const id = name.slice(0, -MARK.length)
    const files = [path.join(folder, name), path.join(folder, id + REPORT)]
    const mark = parseMark(await readFile(path.join(folder, name), 'utf8').catch(() => ''))
    if (mark !== null && (mark.host !== own.host || (await isAlive(mark)))) continue
    const isOutOfMemory = (await hasFullHeap(path.join(folder, id + REPORT))) || (mark !== null && hasKilledForMemory(mark, own))
    const forget = async () => {
      for (const file of files) await rm(file, { force: true })
    }
    lost.push({ id, isOutOfMemory, forget })
  }
  return lost
}

/** Null for a file that was being written when the process ended. */
function parseMark(text: string): StoredMark | null {
  try {
    return JSON.parse(text) as StoredMark
  } catch {
    return null
  }
}

async function isAlive(mark: StoredMark): Promise<boolean> {
  if (mark.pid === process.pid) return false
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return mark.startTime === (await startTimeOf(mark.pid))
}

async function hasFullHeap(report: string): Promise<boolean> {
  const text = await readFile(report, 'utf8').catch(() => '')
  return /"trigger": ?"OOMError"/.test(text.slice(0, 2_000))
}

function hasKilledForMemory(then: StoredMark, now: StoredMark): boolean {
  return then.bootId === now.bootId && then.oomKills !== null && now.oomKills !== null && now.oomKills > then.oomKills
}

async function describeProcess(pid: number): Promise<StoredMark> {
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null)
  // Counts for the whole machine, including processes that the limit of a container ended.
  const oomKills = /^oom_kill (\d+)$/m.exec(await readFile('/proc/vmstat', 'utf8').catch(() => ''))?.[1]
  return {
    pid,
    host: os.hostname(),
    startTime: await startTimeOf(pid),
    bootId: bootId?.trim() ?? null,
    oomKills: oomKills === undefined ? null : Number(oomKills),
  }
}

async function startTimeOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in parentheses may contain spaces; the start time is the 20th field after it.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
