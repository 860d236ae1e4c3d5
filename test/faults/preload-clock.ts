// Preloaded into the server (`NODE_OPTIONS=--import`): its wall clock is ahead by the milliseconds in the file CLOCK_OFFSET_FILE.
import { readFileSync } from 'node:fs'

const file = process.env['CLOCK_OFFSET_FILE'] ?? ''
const RealDate = Date
let offset = 0
let readAt = Number.NEGATIVE_INFINITY

function ahead(): number {
  const now = performance.now()
  if (now - readAt > 100) {
    readAt = now
    try {
      offset = Number(readFileSync(file, 'utf8')) || 0
    } catch {
      // Not written at the moment: the clock keeps its offset.
    }
  }
  return offset
}

class ShiftedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(...((given.length === 0 ? [RealDate.now() + ahead()] : given) as [number]))
  }
  static override now(): number {
    return RealDate.now() + ahead()
  }
}

// Date takes up to seven numbers, and may be called without `new`.
globalThis.Date = new Proxy(ShiftedDate, {
  construct: (target, given, newTarget) =>
    given.length > 1 ? Reflect.construct(RealDate, given, RealDate) : Reflect.construct(target, given, newTarget),
  apply: () => new ShiftedDate().toString(),
}) as DateConstructor
