import { parentPort } from 'node:worker_threads'
import { loadLand } from './load-land.ts'

// Runs once, in a worker thread of its own (load-land-in-worker.ts).
parentPort?.postMessage(await loadLand())
