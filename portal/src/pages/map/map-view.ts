import { GROUP_NAMES, type GroupName } from './group-names.ts'
import type { Position } from './rhumb.ts'
import { DEPTH_UNITS, type DepthUnit } from './units.ts'

export const THEMES = ['day', 'dusk', 'night'] as const
export type Theme = (typeof THEMES)[number]

/** How the chart looks; each member except the groups is a parameter of the style document. */
export interface Display {
  theme: Theme
  /** Safety depth in metres. */
  depth: number
  units: DepthUnit
  hidden: readonly GroupName[]
  sectors: boolean
  outlines: boolean
  overscale: boolean
  /** Reports of users, and their soundings. */
  reports: boolean
}

export const DEFAULT_DISPLAY: Display = {
  theme: 'day',
  depth: 3,
  units: 'meters',
  hidden: [],
  sectors: true,
  outlines: false,
  overscale: true,
  reports: false,
}

export interface Camera extends Position {
  zoom: number
}

/** The tools that work on the line on the map. */
export type Tool = 'measure' | 'profile'

/** The state of the map as the URL holds it. A missing member has its default, or the value that this browser showed last. */
export interface MapView {
  /** Latitude, longitude, zoom. */
  at?: string
  theme?: Theme
  /** Metres. */
  depth?: number
  units?: DepthUnit
  /** Differences from the default: `-names` is a hidden group, `+outlines` something additional; `all` when nothing differs. */
  layers?: string
  /** Latitude, longitude. */
  pick?: string
  /** Latitude, longitude of each point, with `~` between the points. */
  line?: string
  tool?: Tool
  panel?: 'reports'
  /** An API token for a map without a sign-in. The server never reads it here. */
  token?: string
}

export const MOST_POINTS = 500
const EXTRAS = ['sectors', 'outlines', 'overscale', 'reports'] as const

/** Reads the view from the URL; invalid values are left out. */
export function readMapView(search: Record<string, unknown>): MapView {
  const { theme, units, tool, panel } = search
  const depth = Number(search['depth'])
  const camera = readCamera(textOf(search['at']))
  const pick = readPoint(textOf(search['pick']))
  const line = readLine(textOf(search['line']))
  const layers = textOf(search['layers'])
  const token = textOf(search['token'])
  return {
    ...(camera === null ? {} : { at: writeCamera(camera) }),
    ...oneOf('theme', theme, THEMES),
    ...(search['depth'] !== undefined && search['depth'] !== '' && depth >= 0 && depth <= 1_000 ? { depth } : {}),
    ...oneOf('units', units, DEPTH_UNITS),
    ...(layers === '' ? {} : { layers: writeLayers(readLayers(layers)) }),
    ...(pick === null ? {} : { pick: writePoint(pick) }),
    ...(line.length === 0 ? {} : { line: writeLine(line) }),
    ...(tool === 'measure' || tool === 'profile' ? { tool } : {}),
    ...(panel === 'reports' ? { panel } : {}),
    ...(/^[\w-]{1,200}$/.test(token) ? { token } : {}),
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function oneOf<K extends string, T extends string>(key: K, value: unknown, allowed: readonly T[]): { [P in K]?: T } {
  const found = allowed.find((each) => each === value)
  return found === undefined ? {} : ({ [key]: found } as { [P in K]?: T })
}

export function readCamera(text: string | undefined): Camera | null {
  const [latitude, longitude, zoom] = numbersOf(text, 3)
  if (latitude === undefined || longitude === undefined || zoom === undefined) return null
  if (Math.abs(latitude) > 85 || Math.abs(longitude) > 180 || zoom < 0 || zoom > 22) return null
  return { latitude, longitude, zoom }
}

export function writeCamera({ latitude, longitude, zoom }: Camera): string {
  return `${short(latitude, 5)},${short(longitude, 5)},${short(zoom, 2)}`
}

export function readPoint(text: string | undefined): Position | null {
  const [latitude, longitude] = numbersOf(text, 2)
  if (latitude === undefined || longitude === undefined) return null
  return Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}

export function writePoint({ latitude, longitude }: Position): string {
  return `${short(latitude, 6)},${short(longitude, 6)}`
}

/** The points of a line; none when one of them is not a position. */
export function readLine(text: string | undefined): Position[] {
  if (text === undefined || text === '') return []
  const points = text.split('~').map(readPoint)
  const fit = points.filter((point) => point !== null)
  return fit.length === points.length ? fit.slice(0, MOST_POINTS) : []
}

export function writeLine(line: readonly Position[]): string {
  return line.map(writePoint).join('~')
}

function numbersOf(text: string | undefined, count: number): number[] {
  const parts = (text ?? '').split(',')
  const numbers = parts.map(Number)
  return parts.length === count && parts.every((part) => part.trim() !== '') && numbers.every(Number.isFinite) ? numbers : []
}

function short(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)))
}

type Layers = Pick<Display, 'hidden' | (typeof EXTRAS)[number]>

export function readLayers(text: string): Layers {
  const given = text.split(',')
  const extra = (name: (typeof EXTRAS)[number]) =>
    given.includes(`+${name}`) || given.includes(` ${name}`) || (DEFAULT_DISPLAY[name] && !given.includes(`-${name}`))
  return {
    hidden: GROUP_NAMES.filter((name) => given.includes(`-${name}`)),
    sectors: extra('sectors'),
    outlines: extra('outlines'),
    overscale: extra('overscale'),
    reports: extra('reports'),
  }
}

export function writeLayers(layers: Layers): string {
  const hidden = GROUP_NAMES.filter((name) => layers.hidden.includes(name)).map((name) => `-${name}`)
  const changed = EXTRAS.filter((name) => layers[name] !== DEFAULT_DISPLAY[name])
  const all = [...hidden, ...changed.map((name) => `${layers[name] ? '+' : '-'}${name}`)]
  return all.length === 0 ? 'all' : all.join(',')
}

/** The display of a view, with the missing members filled in. */
export function displayOf(view: MapView, otherwise: Display): Display {
  return {
    ...otherwise,
    ...(view.theme === undefined ? {} : { theme: view.theme }),
    ...(view.depth === undefined ? {} : { depth: view.depth }),
    ...(view.units === undefined ? {} : { units: view.units }),
    ...(view.layers === undefined ? {} : readLayers(view.layers)),
  }
}

/** The part of the URL for a display, complete, so that a copied link shows the same to everyone. */
export function viewOfDisplay(display: Display): Required<Pick<MapView, 'theme' | 'depth' | 'units' | 'layers'>> {
  return { theme: display.theme, depth: display.depth, units: display.units, layers: writeLayers(display) }
}

/** The camera of a URL of the earlier map page, `#zoom/latitude/longitude`. */
export function cameraOfHash(hash: string): Camera | null {
  const [zoom, latitude, longitude] = hash.replace(/^#/, '').split('/')
  return readCamera([latitude, longitude, zoom].join(','))
}
