import { styleText } from 'node:util'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in two units at most: `850 ms`, `12 s`, `3 min 20 s`, `2 d 4 h`. */
export function duration(milliseconds: number): string {
  if (milliseconds < SECOND) return `${Math.max(0, Math.round(milliseconds))} ms`
  const seconds = Math.round(milliseconds / SECOND) * SECOND
  if (seconds < MINUTE) return `${seconds / SECOND} s`
  if (seconds < HOUR) return pair(seconds, MINUTE, 'min', SECOND, 's')
  return seconds < DAY ? pair(seconds, HOUR, 'h', MINUTE, 'min') : pair(seconds, DAY, 'd', HOUR, 'h')
}

function pair(time: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((time % large) / small)
  return `${Math.floor(time / large)} ${largeUnit}${rest === 0 ? '' : ` ${rest} ${smallUnit}`}`
}

/** A moment as people in the same place read it: `2026-01-15 08:00:10`. */
export function moment(time: number | null): string {
  if (time === null) return 'never'
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** A size in decimal units: `512 B`, `1.2 MB`. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1_000 ** step
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[step]}`
}

type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** Colours a text on a terminal that shows colours, unless NO_COLOR is set; elsewhere returns it unchanged. */
export function paint(out: NodeJS.WriteStream, colour: Colour, text: string): string {
  return styleText(colour, text, { stream: out, validateStream: true })
}

const STATE_COLOURS: Readonly<Record<string, Colour>> = {
  completed: 'green',
  succeeded: 'green',
  ok: 'green',
  failed: 'red',
  cancelled: 'yellow',
  warning: 'yellow',
  running: 'cyan',
  processing: 'cyan',
  skipped: 'dim',
  pending: 'dim',
}

/** The text in the colour of a state. */
export function paintState(out: NodeJS.WriteStream, state: string, text: string = state): string {
  const colour = STATE_COLOURS[state]
  return colour === undefined ? text : paint(out, colour, text)
}

/** Columns of the terminal; 80 where there is none, and for one that does not know its size and says 0. */
export function columnsOf(out: Pick<NodeJS.WriteStream, 'columns'>): number {
  return out.columns || 80
}

/** Columns that a table may take: those of the terminal; null elsewhere, where nothing is cut. */
export function widthOf(out: NodeJS.WriteStream): number | null {
  return out.isTTY ? columnsOf(out) : null
}

/** Writes a value as JSON for scripts. */
export function writeJson(out: NodeJS.WritableStream, value: unknown): void {
  out.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** Writes lines for people to a stream, such as to standard error beside the JSON of a script. */
export function sayTo(out: NodeJS.WritableStream): (line: string) => void {
  return (line) => void out.write(`${line}\n`)
}
