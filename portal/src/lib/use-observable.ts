import { useSyncExternalStore } from 'react'

/** The present value of an observable; the component is drawn again when it changes. */
export function useObservable<T>(observable: { get(): T; subscribe(listener: () => void): () => void }): T {
  return useSyncExternalStore(observable.subscribe, observable.get)
}
