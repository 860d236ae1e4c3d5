import { readlinkSync } from 'node:fs'
import os from 'node:os'

/** How much is added to the nice value of threads whose work no client waits for. */
const NICE = 5

/**
 * Lowers the priority of the calling thread, so that requests come before it where cores are few. Linux only: there a thread has a
 * priority of its own; elsewhere, and where it is not allowed, nothing changes.
 */
export function runInBackground(): void {
  try {
    // proc(5): `<process>/task/<thread>`.
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    os.setPriority(thread, Math.min(os.constants.priority.PRIORITY_LOW, os.getPriority() + NICE))
  } catch {
    // Without it the work is still done, at normal priority.
  }
}
