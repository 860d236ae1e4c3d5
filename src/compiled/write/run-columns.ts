import type { SectionName } from '../format/compiled-format.ts'
import { createIntList, entries, push, unsigned } from './int-list.ts'
import type { StretchRun } from './stretch-runs.ts'

/** Collects the sections of runs (docs/compiled-cell.md), feature after feature. */
export interface RunColumns {
  beginFeature(): void
  /** @param part the part that the run passes. */
  add(run: StretchRun, part: number): void
  /** Call it once, after the last feature. */
  sections(): [SectionName, ArrayBufferView][]
}

export function createRunColumns(): RunColumns {
  const starts = createIntList()
  const parts = createIntList()
  const flags = createIntList()
  const shallow = createIntList()
  const deep = createIntList()
  const beginFeature = () => push(starts, parts.length)
  return {
    beginFeature,
    add(run, part) {
      push(parts, part)
      push(flags, run.flags)
      push(shallow, run.shallow)
      push(deep, run.deep)
    },
    sections() {
      beginFeature()
      return [
        ['runStart', unsigned(starts)],
        ['runPart', unsigned(parts)],
        ['runFlags', Uint8Array.from(entries(flags))],
        ['runShallow', entries(shallow)],
        ['runDeep', entries(deep)],
      ]
    },
  }
}
