/**
 * UDWHAZ05: what `danger=` means in a condition. A danger is isolated when it lies no deeper than the safety depth within water that is
 * safe: `depthAround` is the deepest DRVAL1 of the depth areas it touches. An exposed one is always above water, so that it is seen.
 * The shallow kinds lie in water that is not safe either; the user asks for them.
 */
export const DANGERS: ReadonlyMap<string, string> = new Map([
  ['isolated', 'depth<=S & depthAround>=S & WATLEV!=1|2'],
  ['exposed', 'depth<=S & depthAround>=S & WATLEV=1|2'],
  ['isolatedShallow', 'isolatedShallow & depth<=S & depthAround>=0 & depthAround<S & WATLEV!=1|2'],
  ['exposedShallow', 'isolatedShallow & depth<=S & depthAround>=0 & depthAround<S & WATLEV=1|2'],
])
