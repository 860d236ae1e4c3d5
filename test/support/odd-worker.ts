import type { CellTask } from '#charts/cells/cell-worker.ts'

// A worker for tests of the cell reader: does to its thread what the zip's name says.

export default async function odd(task: CellTask) {
  switch (task.zipName) {
    case 'greedy.zip': {
      const kept: number[][] = []
      for (;;) kept.push(new Array(100_000).fill(kept.length))
    }
    case 'endless.zip':
      for (;;);
    case 'dying.zip':
      return process.exit(3)
    case 'throwing.zip':
      throw new Error('thrown in the thread')
    default:
      return { ok: true, summary: { name: task.zipName } }
  }
}
