import os from 'node:os'

/**
 * Memory that this process may use, in bytes: the limit of its control group (version 1 or 2), else the memory of the machine. In a
 * container, the kernel kills a process that relies on the machine's memory.
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
