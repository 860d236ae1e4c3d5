import { useKeys } from '../../kit/keys.tsx'
import { ReportsPanel, type ReportsProps } from './reports-panel.tsx'
import type { MapStateHandle } from './use-map-state.ts'

/** Opens or closes the panel of reports, which takes the place of the cards and the line tools. */
export function toggleReports({ state, change }: MapStateHandle): void {
  change(state.panel === 'reports' ? { panel: null } : { panel: 'reports', pick: null, tool: null })
}

/** The panel of reports with its keys, while the URL has it open and nothing else is in its place. */
export function Reports({ handle, ...rest }: ReportsProps) {
  const { state, change } = handle
  useKeys('Reports', [
    {
      keys: ['r'],
      does: 'Reports of users',
      run: () => {
        toggleReports(handle)
        return true
      },
    },
    {
      keys: ['Escape'],
      does: 'Close the reports',
      run: () => {
        if (state.panel === null) return false
        change({ panel: null })
        rest.chart.map.getCanvas().focus({ preventScroll: true })
        return true
      },
    },
  ])
  if (state.panel === null || state.pick !== null || state.tool !== null) return null
  return <ReportsPanel handle={handle} {...rest} />
}
