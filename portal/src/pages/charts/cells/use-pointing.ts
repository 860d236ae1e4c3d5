import { type RefObject, useEffect } from 'react'
import type { Observable } from '../../../lib/observable.ts'

/** Milliseconds that the pointer rests on a row before its outline is highlighted. */
const REST = 60
/** The same after the table has been scrolled. */
const REST_AFTER_SCROLL = 160

/** Names the chart of a row. */
export const ROW_KEY = 'data-chart'

/**
 * Points at the row that the pointer or the focus rests on. Rows that only pass beneath it during a scroll do not count, because the map
 * would draw all outlines again for each. The scrolling element listens for all its rows, so that a row costs nothing.
 * @param room the scrolling element.
 */
export function usePointing(pointed: Observable<string | null>, room: RefObject<HTMLElement | null>): void {
  useEffect(() => (room.current === null ? undefined : listen(room.current, createPointing(pointed))), [pointed, room])
}

/** @returns a function that ends it. */
function listen(room: HTMLElement, pointing: Pointing): () => void {
  const ending = new AbortController()
  const options = { passive: true, signal: ending.signal }
  const point = ({ target }: Event) => pointing.point(keyAt(target))
  const leave = () => pointing.point(null)
  room.addEventListener('pointerover', point, options)
  room.addEventListener('pointerleave', leave, options)
  room.addEventListener('focusin', point, options)
  room.addEventListener('focusout', leave, options)
  room.addEventListener('scroll', pointing.wait, options)
  return () => {
    ending.abort()
    pointing.stop()
  }
}

function keyAt(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest(`[${ROW_KEY}]`)?.getAttribute(ROW_KEY) ?? null) : null
}

interface Pointing {
  /** The row that the pointer or the focus is on; null for none. */
  point(key: string | null): void
  /** The rows move beneath the pointer. */
  wait(): void
  stop(): void
}

function createPointing(pointed: Observable<string | null>): Pointing {
  let timer: ReturnType<typeof setTimeout> | undefined
  let scrolledAt = Number.NEGATIVE_INFINITY
  let wanted: string | null = null

  function settle(): void {
    const rest = scrolledAt + REST_AFTER_SCROLL - performance.now()
    if (rest > 0) timer = setTimeout(settle, rest)
    else pointed.set(wanted)
  }

  const isScrolling = () => performance.now() < scrolledAt + REST_AFTER_SCROLL

  return {
    point(key) {
      if (key === wanted) return
      clearTimeout(timer)
      // Without delay: later, the pointer may already be on the map, and what it points at there must stay. While rows pass beneath the
      // pointer nothing is reported, so that the map is not drawn in the middle of a scroll.
      const isOverRows = key !== null && isScrolling()
      if (!isOverRows && wanted !== null && pointed.get() === wanted) pointed.set(null)
      wanted = key
      if (key !== null) timer = setTimeout(settle, REST)
    },
    wait() {
      scrolledAt = performance.now()
    },
    stop: () => clearTimeout(timer),
  }
}
