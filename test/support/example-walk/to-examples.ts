import { hostname } from 'node:os'
import type { Exchange } from './walk.ts'

export interface WalkPlace {
  /** The address of the server. */
  url: string
  /** Holds the data directory and the mirror. */
  folder: string
  /** When the walk began, in milliseconds. */
  began: number
}

/** When the walk of the examples begins. */
const EPOCH = Date.parse('2026-01-15T08:00:00Z')
const DAY = 86_400_000
/** Entries of a list that an example shows, and members of an object that is a table. */
const ENTRIES = 2
const MEMBERS = 25

/** Shortens what was sent and answered, and replaces what differs from walk to walk. */
export function toExamples(exchanges: ReadonlyMap<string, Exchange>, place: WalkPlace): Map<string, Exchange> {
  const settle = createSettler(place)
  return new Map(
    [...exchanges].map(([operationId, { answer, ...sent }]) => [
      operationId,
      settle({ ...sent, ...(answer === undefined ? {} : { answer: shorten(answer) }) }) as Exchange,
    ]),
  )
}

/** Lists with few entries, points first, and tables with few members. */
function shorten(value: unknown): unknown {
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object')) return value.slice(0, 10)
    if (value.every(Array.isArray)) return shortenLine(value).map(shorten)
    const entries = value.toSorted((a, b) => Number(isPoint(b)) - Number(isPoint(a)))
    return entries.slice(0, ENTRIES).map(shorten)
  }
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
  const kept = members.length > MEMBERS ? members.slice(0, ENTRIES) : members
  return Object.fromEntries(kept.map(([name, member]) => [name, shorten(member)]))
}

/** A ring stays closed. */
function shortenLine(positions: readonly unknown[]): unknown[] {
  return positions.length <= 5 ? [...positions] : [...positions.slice(0, 4), positions.at(-1)]
}

function isPoint(value: unknown): boolean {
  return (value as { geometry?: { type?: string } } | null)?.geometry?.type === 'Point'
}

/** The same ids, tokens, times and places in every walk. */
function createSettler({ url, folder, began }: WalkPlace): (value: unknown) => unknown {
  const ids = new Map<string, string>()
  const tokens = new Map<string, string>()
  const isRecent = (time: number) => time > began - DAY && time < began + 60 * DAY
  const moved = (time: number) => (isRecent(time) ? time - began + EPOCH : time)

  function settleText(text: string): string {
    return text
      .replaceAll(url, 'http://localhost:9909')
      .replaceAll(folder, '/var/lib/chartroom')
      .replaceAll(hostname(), 'harbour')
      .replaceAll(new RegExp(`^${new URL(url).port}$`, 'g'), '9909')
      .replaceAll(/^whsec_.+$/g, 'whsec_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0LiE=')
      .replaceAll(/(?<= - )\d+\/\d+ \d\d:\d\d$/g, '1/15 08:00')
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?= UTC)/g, (time) =>
        new Date(moved(Date.parse(`${time}Z`))).toISOString().slice(0, 19).replace('T', ' '),
      )
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-([47])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id, version: string) =>
        known(ids, id, (n) => `0199d5a0-7c2e-${version}a10-8f3b-${n.toString(16).padStart(12, '0')}`),
      )
      .replaceAll(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g, (token) =>
        known(tokens, token, (n) => `5f0c1d2e3a4b5c6d7e8f9012${n.toString(16).padStart(8, '0')}`),
      )
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?=Z|\+00:00)/g, (time) =>
        new Date(moved(Date.parse(`${time}Z`))).toISOString().slice(0, -1),
      )
  }

  return function settle(value: unknown): unknown {
    if (typeof value === 'string') return settleText(value)
    if (typeof value === 'number') return moved(value)
    if (Array.isArray(value)) return value.map(settle)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [settleText(name), settle(member)]))
  }
}

function known(map: Map<string, string>, key: string, make: (n: number) => string): string {
  const value = map.get(key) ?? make(map.size + 1)
  map.set(key, value)
  return value
}
