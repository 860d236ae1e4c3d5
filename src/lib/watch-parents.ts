const ROUND_MILLISECONDS = 1_000

/**
 * Calls `onGone` once when one of the processes that this one depends on has died. The check costs a few system calls each second, and does
 * not keep the process alive.
 * @param pids the parent of this process first, then others, such as the parent's parent.
 */
export function watchParents([parent, ...others]: readonly number[], onGone: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent && others.every(isAlive)) return
    clearInterval(timer)
    onGone()
  }, ROUND_MILLISECONDS)
  timer.unref()
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
