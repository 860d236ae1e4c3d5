import { type RefObject, useEffect, useRef } from 'react'

/** Milliseconds that pointer and focus must have been away before rows may move. */
const AWAY = 3_000

/** Calls back once pointer and focus have been away from an element for three seconds, and every three seconds after that. */
export function useRest(element: RefObject<HTMLElement | null>, onRest: () => void): void {
  const callback = useRef(onRest)
  callback.current = onRest

  useEffect(() => {
    const target = element.current
    if (target === null) return
    let inside = false
    let leftAt = performance.now()
    const enter = () => {
      inside = true
    }
    const leave = () => {
      inside = false
      leftAt = performance.now()
    }
    const timer = setInterval(() => {
      const focused = target.contains(document.activeElement) || document.querySelector('dialog[open], [role=menu]') !== null
      if (focused) leftAt = performance.now()
      if (!inside && !focused && performance.now() - leftAt >= AWAY) callback.current()
    }, 500)
    target.addEventListener('pointerenter', enter)
    target.addEventListener('pointermove', enter)
    target.addEventListener('pointerleave', leave)
    return () => {
      clearInterval(timer)
      target.removeEventListener('pointerenter', enter)
      target.removeEventListener('pointermove', enter)
      target.removeEventListener('pointerleave', leave)
    }
  }, [element])
}
