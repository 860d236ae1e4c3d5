import { type RefObject, useEffect, useState } from 'react'
import type { Observable } from '../../../lib/observable.ts'

/** Milliseconds that the pointer rests on a row before its outline is lit. */
const REST = 60
/** The same after the table was scrolled. */
const REST_AFTER_SCROLL = 160

/** How rows tell that they are pointed at. */
export interface Pointing {
  enter(key: string): void
  leave(key: string): void
}

/**
 * Points at the row that the pointer or the focus rests on. Rows that only pass beneath it in a scroll do not count: the map would draw all
 * outlines again for each of them.
 *
 * @param room that scrolls.
 */
export function usePointing(pointed: Observable<string | null>, room: RefObject<HTMLElement | null>): Pointing {
  const [pointing] = useState(() => createPointing(pointed))
  useEffect(() => {
    const scrolling = room.current
    scrolling?.addEventListener('scroll', pointing.wait, { passive: true })
    return () => {
      scrolling?.removeEventListener('scroll', pointing.wait)
      pointing.stop()
    }
  }, [pointing, room])
  return pointing
}

function createPointing(pointed: Observable<string | null>): Pointing & { wait(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let scrolledAt = Number.NEGATIVE_INFINITY
  let wanted: string | null = null

  function settle(): void {
    const rest = scrolledAt + REST_AFTER_SCROLL - performance.now()
    if (rest > 0) timer = setTimeout(settle, rest)
    else pointed.set(wanted)
  }

  return {
    enter(key) {
      wanted = key
      clearTimeout(timer)
      timer = setTimeout(settle, REST)
    },
    leave(key) {
      if (wanted === key) clearTimeout(timer)
      // At once: later, the pointer may be on the map already, and what it points at there must stay.
      if (pointed.get() === key) pointed.set(null)
    },
    wait() {
      scrolledAt = performance.now()
    },
    stop: () => clearTimeout(timer),
  }
}
