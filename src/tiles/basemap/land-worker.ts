import { parentPort } from 'node:worker_threads'
import { loadLand } from './load-land.ts'

// Runs in a worker thread of its own, once: see load-land-in-worker.ts.
parentPort?.postMessage(await loadLand())
