import { isUtf8 } from 'node:buffer'
import { ellipsoidDistance } from '#geo/ellipsoid-distance.ts'
import { xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { type FieldError, messageOf } from '#lib/errors.ts'
import { checkLabels } from './check-labels.ts'
import { FIELDS } from './packed-soundings.ts'
import { parseTime, TIME_ACCEPTS } from './parse-time.ts'
import type { SoundingColumns, UploadOutcome, UploadTask } from './sounding-upload.ts'

const MOST_FIELDS = 20
/** Clocks of boats run a little fast. */
const FAST_CLOCK = 5 * 60_000

/** What each number of a sounding must be; positive depths are below the water. */
const RANGES = [
  { name: 'latitude', minimum: -90, maximum: 90 },
  { name: 'longitude', minimum: -180, maximum: 180 },
  { name: 'depth', minimum: -1_000, maximum: 12_000 },
] as const

/** Parses and checks the body of an upload, and sorts its soundings by time; those with equal times keep their order. */
export function readUpload({ body, maximumSoundings, now }: UploadTask): UploadOutcome {
  const parsed = parse(body)
  if ('message' in parsed) return { kind: 'not-json', message: parsed.message }
  if (!isObject(parsed.value)) return { kind: 'invalid', fields: [{ field: '', message: 'must be a JSON object' }] }
  const given = parsed.value
  const { soundings } = given
  if (Array.isArray(soundings) && soundings.length > maximumSoundings) return { kind: 'too-many', count: soundings.length }
  const wrong: FieldError[] = []
  if (soundings === undefined) wrong.push({ field: '/soundings', message: 'is missing' })
  else if (!Array.isArray(soundings)) wrong.push({ field: '/soundings', message: 'must be an array' })
  else if (soundings.length === 0) wrong.push({ field: '/soundings', message: 'must have at least 1 entry' })
  const labels = checkLabels(given, wrong)
  const numbers = Array.isArray(soundings) ? readSoundings(soundings, now + FAST_CLOCK, wrong) : new Float64Array()
  if (wrong.length > 0) return { kind: 'invalid', fields: wrong.slice(0, MOST_FIELDS) }
  return { kind: 'upload', upload: { labels, columns: toColumns(sortByTime(numbers)) } }
}

function parse(body: Uint8Array): { value: unknown } | { message: string } {
  if (!isUtf8(body)) return { message: 'it is not in UTF-8' }
  try {
    return { value: JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')) }
  } catch (error) {
    return { message: messageOf(error) }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readSoundings(soundings: readonly unknown[], latest: number, wrong: FieldError[]): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(soundings.length * FIELDS)
  for (const [i, given] of soundings.entries()) {
    if (wrong.length >= MOST_FIELDS) break
    if (!isObject(given)) {
      wrong.push({ field: `/soundings/${i}`, message: 'must be a JSON object' })
      continue
    }
    for (const [column, { name, minimum, maximum }] of RANGES.entries()) {
      const value = given[name]
      if (typeof value === 'number' && value >= minimum && value <= maximum) numbers[i * FIELDS + column] = value
      else wrong.push({ field: `/soundings/${i}/${name}`, message: `must be a number from ${minimum} to ${maximum}` })
    }
    const time = parseTime(given['time'])
    if (time !== null && time >= 0 && time <= latest) numbers[i * FIELDS + RANGES.length] = time
    else wrong.push({ field: `/soundings/${i}/time`, message: whyNotTime(time) })
  }
  return numbers
}

function whyNotTime(time: number | null): string {
  if (time === null) return TIME_ACCEPTS
  return time < 0 ? 'must not lie before 1970' : 'must not lie in the future'
}

function sortByTime(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const count = numbers.length / FIELDS
  const timeOf = (i: number) => numbers[i * FIELDS + RANGES.length] ?? 0
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  if (order.every((i) => i === 0 || timeOf(i - 1) <= timeOf(i))) return numbers
  order.sort((a, b) => timeOf(a) - timeOf(b) || a - b)
  const sorted = new Float64Array(numbers.length)
  for (const [to, from] of order.entries()) sorted.set(numbers.subarray(from * FIELDS, (from + 1) * FIELDS), to * FIELDS)
  return sorted
}

function toColumns(numbers: Float64Array<ArrayBuffer>): SoundingColumns {
  const count = numbers.length / FIELDS
  const [step, x, y] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  let before: [number, number] | null = null
  for (let i = 0; i < count; i++) {
    const [latitude = 0, longitude = 0] = numbers.subarray(i * FIELDS, i * FIELDS + 2)
    const here: [number, number] = [longitude, latitude]
    if (before !== null) step[i] = ellipsoidDistance(before, here)
    x[i] = xOfLongitude(longitude)
    y[i] = yOfLatitude(latitude)
    before = here
  }
  return { count, numbers, step, x, y }
}
