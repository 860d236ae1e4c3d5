import type { ZipTask } from '#charts/reading/zipped-cell-worker.ts'

// A worker for tests of the cell reader: does to its thread what the zip's name says.

export interface OddTask extends ZipTask {
  /** Of collapsing.zip: it goes on when the first is set, and sets the second when it is dying. */
  shared?: Int32Array
}

export default async function odd(task: OddTask) {
  // Sent before the thread stops answering: what the tests wait for.
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
