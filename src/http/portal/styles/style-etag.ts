import { createHash } from 'node:crypto'
import type { StyleRecord } from '#styles/style-record.ts'

/** Names the state of a style by its content, because two changes can fall into one millisecond. */
export function styleEtag(style: StyleRecord): string {
  return `"${createHash('sha256').update(JSON.stringify(style)).digest('hex').slice(0, 32)}"`
}
