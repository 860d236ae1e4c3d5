import type { PortrayalSettings } from '#portrayal/table/row.ts'
import type { StyleOptions } from './style-options.ts'

const USUAL_SHALLOW = 2
const USUAL_DEEP = 30

/** The settings that the rules depend on. The shallow contour is at most S, the deep contour at least S. */
export function settingsOf({
  depthLimit,
  shallowDepth,
  deepDepth,
  twoShades,
  isolatedShallow,
  shallowPattern,
  showLowAccuracy,
  showEncBoundaries,
  showOverscale,
}: StyleOptions): PortrayalSettings {
  return {
    safetyDepth: depthLimit,
    shallowDepth: Math.min(shallowDepth ?? USUAL_SHALLOW, depthLimit),
    deepDepth: Math.max(deepDepth ?? USUAL_DEEP, depthLimit),
    twoShades,
    isolatedShallow,
    shallowPattern,
    showLowAccuracy,
    showEncBoundaries,
    showOverscale,
  }
}
