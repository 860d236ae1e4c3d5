/** Codes by which the system or Node says that this machine lacks something: descriptors, memory, threads, disk, permission. */
const CODES = new Set([
  ...[
    'EMFILE',
    'ENFILE',
    'EIO',
    'ENOMEM',
    'EACCES',
    'EPERM',
    'EAGAIN',
    'EBUSY',
    'ETIMEDOUT',
    'ESTALE',
    'ENOSPC',
    'EDQUOT',
    'EROFS',
  ],
  ...['ERR_WORKER_INIT_FAILED', 'ERR_MEMORY_ALLOCATION_FAILED'],
])

/**
 * Whether an error, or one of its causes, means that this machine lacks something, and says nothing about the content of a file: a later
 * try may succeed, and nothing may be deleted because of it.
 */
export function isMachineFault(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 8; each = each.cause, depth++) {
    const { code } = each as NodeJS.ErrnoException
    if (each instanceof MachineFaultError || (code !== undefined && CODES.has(code))) return true
  }
  return false
}

/** A fault of this machine that was noticed where the original error cannot be passed on, such as in a worker thread. */
export class MachineFaultError extends Error {
  override readonly name = 'MachineFaultError'
}
