import { Button } from '../../kit/button.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import type { ChartMap } from './chart-map.ts'
import classes from './map.module.css'
import type { Tool } from './map-view.ts'
import { savePicture } from './save-picture.ts'

/** The panel at the side that is open. */
export type Side = 'display' | 'find' | null

/** The column of buttons beside the chart. */
export function MapButtons({
  side,
  tool,
  chart,
  onSide,
  onTool,
  onHere,
  reports,
  onReports,
}: {
  side: Side
  tool: Tool | null
  chart: ChartMap
  onSide(side: Side): void
  onTool(tool: Tool): void
  onHere(): void
  /** Whether the panel of reports is open. */
  reports: boolean
  onReports(): void
}) {
  const { map } = chart
  const { positionFormat } = usePreferences()
  return (
    <div className={classes.buttons} role="toolbar" aria-label="Map" aria-orientation="vertical">
      <Button
        icon="layers"
        label="Display"
        aria-expanded={side === 'display'}
        onClick={() => onSide(side === 'display' ? null : 'display')}
      />
      <Button
        icon="search"
        label="Find"
        aria-expanded={side === 'find'}
        onClick={() => onSide(side === 'find' ? null : 'find')}
      />
      <div className={classes.pair}>
        <Button icon="plus" label="Zoom in" onClick={() => map.zoomIn()} />
        <Button icon="minus" label="Zoom out" onClick={() => map.zoomOut()} />
      </div>
      <Button icon="crosshair" label="What is at the crosshair" onClick={onHere} />
      <Button icon="measure" label="Measure" aria-pressed={tool === 'measure'} onClick={() => onTool('measure')} />
      <Button icon="profile" label="Depth profile" aria-pressed={tool === 'profile'} onClick={() => onTool('profile')} />
      <Button icon="flag" label="Reports of users" aria-expanded={reports} onClick={onReports} />
      <CopyButton icon="link" label="Copy a link to this view" text={() => linkOf(window.location.href)} />
      <Button icon="camera" label="Save a picture" onClick={() => void savePicture(chart, positionFormat)} />
    </div>
  )
}

/** A link for others never carries the token of this one. */
function linkOf(href: string): string {
  const address = new URL(href)
  address.searchParams.delete('token')
  return address.href
}
