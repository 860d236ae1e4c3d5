import os from 'node:os'

/**
 * The memory this process may use, in bytes: the limit of its control group (version 1 or 2) where there is one, else the
 * machine's. In a container the machine's figure would promise memory that the kernel takes back by killing the process.
 */
export function machineMemoryBytes(): number {
  const limit = process.constrainedMemory()
  const total = os.totalmem()
  return limit > 0 && limit < total ? limit : total
}

/** Processor cores this process may use. */
export function machineCores(): number {
  return os.availableParallelism()
}
