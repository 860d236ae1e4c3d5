import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react'
import type { JobSummary } from '../api/records.ts'
import { useObservable } from '../lib/use-observable.ts'
import type { Freshness } from '../live/freshness.ts'
import { refusalText } from '../text/en.ts'
import type { Portal } from './portal.ts'
import type { Preferences } from './preferences.ts'

export const PortalContext = createContext<Portal | null>(null)

export function usePortal(): Portal {
  const portal = useContext(PortalContext)
  if (portal === null) throw new Error('the portal has not been set up')
  return portal
}

export function usePreferences(): Preferences {
  return useObservable(usePortal().preferences)
}

export function useFreshness(): Freshness {
  return useObservable(usePortal().live.freshness)
}

/** Why buttons that need the server are disabled; null while it responds. */
export function useOfflineReason(): string | null {
  const freshness = useFreshness()
  if (freshness.kind === 'refused') return refusalText(freshness.status)
  return freshness.kind === 'offline' ? 'The server does not answer' : null
}

/** A job by its id; renders again when it changes. */
export function useJob(id: string): JobSummary | undefined {
  const { store } = usePortal()
  const subscribe = useCallback((listener: () => void) => store.subscribe(id, listener), [store, id])
  return useSyncExternalStore(subscribe, () => store.get(id))
}

/** Reads again when changes may have been missed. */
export function useReset(read: () => Promise<void>): void {
  const { live } = usePortal()
  useEffect(() => live.onReset(read), [live, read])
}
