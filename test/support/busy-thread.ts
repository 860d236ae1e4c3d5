import { parentPort } from 'node:worker_threads'

// A worker thread that computes for ever and handles no messages; only termination stops it.

parentPort?.postMessage('busy')
for (;;);
