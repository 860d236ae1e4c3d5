import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { createObservable, type Observable } from '../../lib/observable.ts'
import { type Position, wrapped } from './rhumb.ts'

/** Milliseconds of a long press, and how far a finger may stray in it, in pixels. */
const LONG_PRESS = 500
const STRAYS = 8

export interface PointerUses {
  onClick(position: Position): void
  onMenu(menu: { x: number; y: number; position: Position }): void
}

/** Where the mouse is, as a pixel of the map; null when it is not over the map. Clicks, and long presses or right clicks, are reported. */
export function usePointer(map: MapLibreMap, uses: PointerUses): Observable<{ x: number; y: number } | null> {
  const [pointer] = useState(() => createObservable<{ x: number; y: number } | null>(null))
  const latest = useRef(uses)
  latest.current = uses

  useEffect(() => {
    const canvas = map.getCanvasContainer()
    let press: { x: number; y: number; timer: ReturnType<typeof setTimeout> } | null = null
    let pressed = false

    const positionAt = (x: number, y: number): Position => {
      const { lng, lat } = map.unproject([x, y])
      return { longitude: wrapped(lng), latitude: Math.max(-85, Math.min(85, lat)) }
    }
    const inside = ({ clientX, clientY }: PointerEvent) => {
      const box = canvas.getBoundingClientRect()
      return { x: clientX - box.left, y: clientY - box.top }
    }
    const openMenu = (x: number, y: number) => latest.current.onMenu({ x, y, position: positionAt(x, y) })
    const click = ({ point, lngLat }: MapMouseEvent) => {
      // The click at the end of a long press has been handled.
      if (pressed) return
      latest.current.onClick({ longitude: wrapped(lngLat.lng), latitude: Math.max(-85, Math.min(85, lngLat.lat)) })
      pointer.set({ x: point.x, y: point.y })
    }
    const endPress = () => {
      clearTimeout(press?.timer)
      press = null
    }
    const down = (event: PointerEvent) => {
      endPress()
      pressed = false
      if (event.pointerType === 'mouse' || !event.isPrimary) return
      const at = inside(event)
      const timer = setTimeout(() => {
        pressed = true
        openMenu(at.x, at.y)
      }, LONG_PRESS)
      press = { ...at, timer }
    }
    const move = (event: PointerEvent) => {
      const at = inside(event)
      if (press !== null && Math.hypot(at.x - press.x, at.y - press.y) > STRAYS) endPress()
      if (event.pointerType === 'mouse') pointer.set(at)
    }
    const leave = () => {
      endPress()
      pointer.set(null)
    }
    const menu = ({ originalEvent, point }: MapMouseEvent) => {
      originalEvent.preventDefault()
      if (!pressed) openMenu(point.x, point.y)
    }
    // The mouse events that follow a long press would close its menu.
    const lift = (event: TouchEvent) => {
      if (pressed && event.cancelable) event.preventDefault()
    }
    map.on('click', click)
    map.on('contextmenu', menu)
    map.on('movestart', endPress)
    canvas.addEventListener('touchend', lift, { passive: false })
    canvas.addEventListener('pointerdown', down)
    canvas.addEventListener('pointermove', move)
    canvas.addEventListener('pointerup', endPress)
    canvas.addEventListener('pointercancel', endPress)
    canvas.addEventListener('pointerleave', leave)
    return () => {
      endPress()
      map.off('click', click)
      map.off('contextmenu', menu)
      map.off('movestart', endPress)
      canvas.removeEventListener('touchend', lift)
      canvas.removeEventListener('pointerdown', down)
      canvas.removeEventListener('pointermove', move)
      canvas.removeEventListener('pointerup', endPress)
      canvas.removeEventListener('pointercancel', endPress)
      canvas.removeEventListener('pointerleave', leave)
    }
  }, [map, pointer])

  return pointer
}
