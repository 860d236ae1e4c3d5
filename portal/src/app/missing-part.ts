const missing = new WeakSet<object>()

/** Whether an error means that a part of the portal could not be loaded: the server is away, or an update has replaced the part. */
export function isMissingPart(error: unknown): boolean {
  return typeof error === 'object' && error !== null && missing.has(error)
}

/** Notes the parts of the portal that fail to load, which Vite reports by an event. */
export function watchMissingParts(): void {
  window.addEventListener('vite:preloadError', ({ payload }) => {
    missing.add(payload)
    // On the browser's own message the router reloads at once, which leaves an error page of the browser or a proxy while the server is away.
    payload.message = 'A part of the portal could not be loaded.'
  })
}
