import { useEffect } from 'react'

const KEY = 'chartroom.reloaded'
const PAUSE = 3_000
const BETWEEN_RELOADS = 60_000

/**
 * Reloads the page as soon as the server responds, but not again within a minute, so that a broken server causes no loop.
 *
 * @param needed whether to do it at all.
 */
export function useReloadWhenServed(needed: boolean): void {
  useEffect(() => {
    if (!needed) return
    const leaving = new AbortController()
    void reloadWhenServed(leaving.signal)
    return () => leaving.abort()
  }, [needed])
}

async function reloadWhenServed(left: AbortSignal): Promise<void> {
  while (!left.aborted) {
    if (Date.now() - lastReload() >= BETWEEN_RELOADS && (await isServed(left))) {
      sessionStorage.setItem(KEY, String(Date.now()))
      location.reload()
      return
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
}

const lastReload = (): number => Number(sessionStorage.getItem(KEY) ?? '0')

/** Whether the server responds; a reverse proxy without its server does so with an error. */
async function isServed(signal: AbortSignal): Promise<boolean> {
  try {
    return (await fetch(document.baseURI, { cache: 'no-store', signal })).ok
  } catch {
    return false
  }
}
