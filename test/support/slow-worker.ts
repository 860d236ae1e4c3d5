import type { TileTask } from '#tiles/render/tile-task.ts'

/** A worker thread for tests of the renderer: drawing zoom 2 works until asked to stop, and other tasks are done at once. */
export default async function work(task: TileTask): Promise<unknown> {
  if (task.kind === 'plan') return { kind: 'places', places: [] }
  const zoom = 'z' in task.request ? task.request.z : 0
  if (zoom !== 2) return { kind: 'bytes', bytes: Uint8Array.of(zoom) }
  while (Atomics.load(task.stop, 0) === 0) Atomics.wait(task.stop, 0, 0, 10)
  return { kind: 'stopped' }
}
