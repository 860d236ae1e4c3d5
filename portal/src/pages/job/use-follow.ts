import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { LogLine } from '../../api/records.ts'

/** Pixels from the end that still count as the end. */
const NEAR = 24

/**
 * Follows the end of a log while it is in view. Scrolling up stops it, and scrolling to the end starts it again, without a mode or a
 * button. When older lines arrive above, the visible lines stay in place.
 */
export function useFollow(box: RefObject<HTMLElement | null>, lines: readonly LogLine[], active: boolean) {
  const atEnd = useRef(active)
  const before = useRef({ first: 0, last: 0, height: 0 })
  const [behind, setBehind] = useState(0)

  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const { first, last, height } = before.current
    const newFirst = lines[0]?.seq ?? 0
    const newLast = lines.at(-1)?.seq ?? 0
    if (first > 0 && newFirst < first) element.scrollTop += element.scrollHeight - height
    if (atEnd.current && active) element.scrollTop = element.scrollHeight
    else if (last > 0 && newLast > last) setBehind((held) => held + lines.filter((line) => line.seq > last).length)
    before.current = { first: newFirst, last: newLast, height: element.scrollHeight }
  }, [box, lines, active])

  return {
    behind,
    onScroll(): void {
      const element = box.current
      if (element === null) return
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
      if (atEnd.current && behind > 0) setBehind(0)
    },
    toEnd(): void {
      atEnd.current = true
      setBehind(0)
      box.current?.scrollTo({ top: box.current.scrollHeight })
    },
  }
}
