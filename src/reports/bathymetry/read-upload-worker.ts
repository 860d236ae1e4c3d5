import { readUpload } from './read-upload.ts'
import type { UploadOutcome, UploadTask } from './sounding-upload.ts'

// Runs in a worker thread: 50,000 soundings take tens of milliseconds, which would block the main thread.

export default function work(task: UploadTask): UploadOutcome {
  return readUpload(task)
}
