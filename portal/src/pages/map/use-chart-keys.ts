import type { Map as MapLibreMap } from 'maplibre-gl'
import { useKeys } from '../../kit/keys.tsx'
import type { Side } from './map-buttons.tsx'
import type { Position } from './rhumb.ts'
import type { MapStateHandle } from './use-map-state.ts'

interface ChartKeys {
  map: MapLibreMap
  handle: MapStateHandle
  side: Side
  onSide(side: Side): void
  /** Queries a position, or adds it to the line of the current tool. */
  act(position: Position): void
  /** The position at the crosshair. */
  centre(): Position
  onTool(tool: 'measure' | 'profile'): void
}

/** The keys of the map page. */
export function useChartKeys({ map, handle, side, onSide, act, centre, onTool }: ChartKeys): void {
  const { state, change } = handle
  const { pick, line, tool } = state
  const used = (run: () => void) => (): true => {
    run()
    return true
  }
  useKeys('Map', [
    { keys: ['i'], does: 'What is at the crosshair', run: used(() => change({ pick: centre() })) },
    { keys: ['m'], does: 'Measure', run: used(() => onTool('measure')) },
    { keys: ['p'], does: 'Depth profile', run: used(() => onTool('profile')) },
    {
      keys: ['Enter'],
      does: 'Ask, or add a point to the line, at the crosshair',
      run: ({ target }) => {
        if (target !== map.getCanvas()) return false
        act(centre())
        return true
      },
    },
    {
      keys: ['Backspace'],
      does: 'Remove the last point of the line',
      run: () => {
        if (tool === null || line.length === 0) return false
        change({ line: line.slice(0, -1) })
        return true
      },
    },
    { keys: ['d'], does: 'Display', run: used(() => onSide(side === 'display' ? null : 'display')) },
    { keys: ['/'], does: 'Find a position, chart or name', run: used(() => onSide('find')) },
    { keys: ['f'], does: 'Move the focus to the chart', run: used(() => map.getCanvas().focus({ preventScroll: true })) },
    {
      keys: ['Escape'],
      does: 'Close one thing',
      run: () => {
        if (side !== null) onSide(null)
        else if (pick !== null) change({ pick: null })
        else if (tool !== null) change({ tool: null })
        else return false
        map.getCanvas().focus({ preventScroll: true })
        return true
      },
    },
  ])
}
