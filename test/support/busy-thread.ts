import { parentPort } from 'node:worker_threads'

// A worker thread that computes for ever and hears nothing: only its end by force stops it.

parentPort?.postMessage('busy')
for (;;);
