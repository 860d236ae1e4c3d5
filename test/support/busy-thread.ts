import { parentPort } from 'node:worker_threads'

// A worker thread that computes forever and handles no messages; only termination stops it.

parentPort?.postMessage('busy')
for (;;);
