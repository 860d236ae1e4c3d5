import path from 'node:path'
import type { TestEvent } from 'node:test/reporters'

const SHOWN = 16

/** A reporter of node:test that lists the slowest files at the end, so that a new slow one is noticed. */
export default async function* slowestFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files: { name: string; seconds: number }[] = []
  for await (const { type, data } of events) {
    // The summary without a file is for the whole run.
    if (type !== 'test:summary' || data.file === undefined) continue
    files.push({ name: path.relative(process.cwd(), data.file), seconds: data.duration_ms / 1000 })
  }
  if (files.length <= 1) return
  yield '\nslowest files (seconds, others running beside them):\n'
  for (const { name, seconds } of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SHOWN)) {
    yield `${seconds.toFixed(1).padStart(7)}  ${name}\n`
  }
}
