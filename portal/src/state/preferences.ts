import { isRecord } from '../api/errors.ts'
import { createObservable, type Observable } from '../lib/observable.ts'
import { DEPTH_UNITS, DISTANCE_UNITS, HEIGHT_UNITS, type Measures, POSITION_FORMATS } from '../text/measures.ts'
import type { Zone } from '../text/times.ts'

export const SCHEMES = ['auto', 'light', 'dark', 'night'] as const
export type Scheme = (typeof SCHEMES)[number]

/** How this browser shows the portal. */
export interface Preferences extends Measures {
  scheme: Scheme
  zone: Zone
  density: 'comfortable' | 'compact'
  /** Whether single letters act as keys (WCAG 2.1.4). */
  letterKeys: boolean
  railOpen: boolean
  wrapLog: boolean
  /** How the lines of a log are timed: by the clock of the zone, or since the job started. */
  logTime: 'clock' | 'elapsed'
}

export const DEFAULTS: Preferences = {
  scheme: 'auto',
  zone: 'local',
  density: 'comfortable',
  letterKeys: true,
  railOpen: true,
  wrapLog: true,
  logTime: 'clock',
  depthUnit: 'meters',
  heightUnit: 'meters',
  distanceUnit: 'nautical',
  positionFormat: 'minutes',
}

const KEY = 'chartroom.preferences'

/** The preferences, kept on this device. Values that this version does not know are replaced by the defaults. */
export function createPreferences(storage: Pick<Storage, 'getItem' | 'setItem'>): Observable<Preferences> {
  const held = createObservable(read(storage))
  held.subscribe(() => {
    try {
      storage.setItem(KEY, JSON.stringify(held.get()))
    } catch {
      // Without storage they last as long as the page.
    }
  })
  return held
}

function read(storage: Pick<Storage, 'getItem'>): Preferences {
  let stored: unknown = null
  try {
    stored = JSON.parse(storage.getItem(KEY) ?? 'null')
  } catch {
    // Unreadable preferences count as none.
  }
  if (!isRecord(stored)) return DEFAULTS
  const { zone, density, letterKeys, railOpen, wrapLog, logTime } = stored
  const one = <T>(name: keyof Preferences, allowed: readonly T[], otherwise: T): T =>
    allowed.find((each) => each === stored[name]) ?? otherwise
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise)
  return {
    scheme: one('scheme', SCHEMES, DEFAULTS.scheme),
    zone: zone === 'utc' ? 'utc' : 'local',
    density: density === 'compact' ? 'compact' : 'comfortable',
    letterKeys: flag(letterKeys, DEFAULTS.letterKeys),
    railOpen: flag(railOpen, DEFAULTS.railOpen),
    wrapLog: flag(wrapLog, DEFAULTS.wrapLog),
    logTime: logTime === 'elapsed' ? 'elapsed' : 'clock',
    depthUnit: one('depthUnit', DEPTH_UNITS, DEFAULTS.depthUnit),
    heightUnit: one('heightUnit', HEIGHT_UNITS, DEFAULTS.heightUnit),
    distanceUnit: one('distanceUnit', DISTANCE_UNITS, DEFAULTS.distanceUnit),
    positionFormat: one('positionFormat', POSITION_FORMATS, DEFAULTS.positionFormat),
  }
}
