import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { ZipTask } from '#charts/reading/zipped-cell-worker.ts'
import { type Guarded, underGuard, uninterrupted } from '#lib/end-guard.ts'

// A worker for tests of the cell reader: inflates without a pause, as a zip of very many small files would, and never ends.

export default function inflate(task: Guarded<ZipTask>): never {
  const packed = deflateRawSync(Buffer.alloc(100))
  const channel = new BroadcastChannel('odd-worker')
  channel.postMessage(task.zipName)
  channel.close()
  return underGuard(task.guard, () => {
    for (;;) uninterrupted(() => inflateRawSync(packed))
  })
}
