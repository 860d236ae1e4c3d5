import { useSyncExternalStore } from 'react'

/** The current value of an observable; the component renders again when it changes. */
export function useObservable<T>(observable: { get(): T; subscribe(listener: () => void): () => void }): T {
  return useSyncExternalStore(observable.subscribe, observable.get)
}
