import type { ZipTask } from '#charts/reading/zipped-cell-worker.ts'

// A worker for tests of the cell reader: the name of the zip selects how its thread misbehaves.

export interface OddTask extends ZipTask {
  /** For collapsing.zip: the worker continues when [0] is set, and sets [1] before it dies. */
  shared?: Int32Array
}

export default async function odd(task: OddTask) {
  // Tests wait for this message, sent before the thread stops responding.
  const channel = new BroadcastChannel('odd-worker')
  channel.postMessage(task.zipName)
  channel.close()
  switch (task.zipName) {
    case 'greedy.zip': {
      const kept: number[][] = []
      for (;;) kept.push(new Array(100_000).fill(kept.length))
    }
    case 'endless.zip':
      for (;;);
    case 'dying.zip':
      return process.exit(3)
    case 'collapsing.zip': {
      const shared = task.shared ?? new Int32Array(2)
      process.on('exit', () => {
        Atomics.store(shared, 1, 1)
        Atomics.notify(shared, 1)
      })
      queueMicrotask(() => {
        throw new Error('thrown outside of the task')
      })
      Atomics.wait(shared, 0, 0)
      return await new Promise(() => {})
    }
    case 'throwing.zip':
      throw new Error('thrown in the thread')
    default:
      return { ok: true, cell: { summary: { name: task.zipName }, compiled: null } }
  }
}
