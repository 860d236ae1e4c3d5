const KEY = 'chartroom.reloaded'

/**
 * After an update of the server, an open page requests files that are gone. Vite reports it by an event; the page then reloads, but not
 * again within a minute, so that a broken server causes no loop.
 */
export function reloadOnceForNewVersion(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? '0')
    if (Date.now() - last < 60_000) return
    event.preventDefault()
    sessionStorage.setItem(KEY, String(Date.now()))
    location.reload()
  })
}
