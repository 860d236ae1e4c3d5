import { useCallback, useRef, useState } from 'react'
import { useObservable } from '../../lib/use-observable.ts'
import { CardsPanel } from './cards-panel.tsx'
import type { ChartMap } from './chart-map.ts'
import { DisplayPanel } from './display-panel.tsx'
import { FindPanel } from './find-panel.tsx'
import { FootLine } from './foot-line.tsx'
import type { MapLibre } from './load-maplibre.ts'
import classes from './map.module.css'
import { MapButtons, type Side } from './map-buttons.tsx'
import { MapMenu } from './map-menu.tsx'
import type { MapSource } from './map-source.ts'
import { writePoint } from './map-view.ts'
import { MeasurePanel } from './measure-panel.tsx'
import { Overlay } from './overlay.tsx'
import { ProfilePanel } from './profile-panel.tsx'
import { Reports, toggleReports } from './reports.tsx'
import { type Position, wrapped } from './rhumb.ts'
import { useChart } from './use-chart.ts'
import { useChartKeys } from './use-chart-keys.ts'
import type { MapStateHandle } from './use-map-state.ts'
import { usePointer } from './use-pointer.ts'
import { useShownChart } from './use-shown-chart.ts'

export interface ViewProps {
  chart: ChartMap
  handle: MapStateHandle
  source: MapSource
}

/** The chart with everything around it. */
export function ChartView({ maplibre, ...rest }: { maplibre: MapLibre } & Omit<ViewProps, 'chart'>) {
  const chart = useChart(maplibre, rest.source, rest.handle)
  return chart === null ? (
    <div className={classes.message} aria-busy="true">
      <span className="visually-hidden">The map is loading</span>
    </div>
  ) : (
    <Chart chart={chart} {...rest} />
  )
}

function Chart({ chart, handle, source }: ViewProps) {
  const { state, change } = handle
  const { display, pick, line, tool } = state
  const host = useRef<HTMLDivElement>(null)
  const [side, setSide] = useState<Side>(null)
  const [marked, setMarked] = useState<Position | null>(null)
  const [menu, setMenu] = useState<{ x: number; y: number; position: Position } | null>(null)
  const { map } = chart

  useShownChart(chart, handle, host)

  const act = useCallback(
    (position: Position) => {
      if (tool === null) change({ pick: position })
      else change({ line: [...line, position] })
    },
    [tool, line, change],
  )
  const pointer = usePointer(map, { onClick: act, onMenu: setMenu })

  const centre = (): Position => {
    const { lng, lat } = map.getCenter()
    return { longitude: wrapped(lng), latitude: lat }
  }
  const toggle = (wanted: 'measure' | 'profile') => change(tool === wanted ? { tool: null } : { tool: wanted, pick: null })
  useChartKeys({ map, handle, side, onSide: setSide, act, centre, onTool: toggle })

  const closeAll = () => {
    setSide(null)
    map.getCanvas().focus({ preventScroll: true })
  }
  return (
    <div className={classes.view} data-tool={tool ?? undefined} data-theme={display.theme}>
      <div className={classes.stage}>
        <div ref={host} className={classes.host} />
        <Overlay
          chart={chart}
          line={line}
          pick={pick}
          marked={marked}
          editable={tool !== null}
          onLine={(next) => change({ line: next })}
        />
        <MapButtons
          side={side}
          tool={tool}
          chart={chart}
          onSide={setSide}
          onTool={toggle}
          onHere={() => change({ pick: centre() })}
          reports={state.panel === 'reports'}
          onReports={() => toggleReports(handle)}
        />
        <Problem chart={chart} />
        {side === 'display' ? <DisplayPanel handle={handle} onClose={closeAll} /> : null}
        {side === 'find' ? (
          <FindPanel chart={chart} source={source} onClose={closeAll} onFound={(position) => change({ pick: position })} />
        ) : null}
        {pick === null || tool !== null ? null : (
          <CardsPanel
            key={writePoint(pick)}
            chart={chart}
            source={source}
            display={display}
            pick={pick}
            onMark={setMarked}
            onClose={() => change({ pick: null })}
          />
        )}
        {tool === 'measure' ? <MeasurePanel line={line} units={display.units} onChange={change} centre={centre} /> : null}
        <Reports chart={chart} source={source} handle={handle} onMark={setMarked} />
        <MapMenu menu={menu} onClose={() => setMenu(null)} onChange={change} line={line} />
      </div>
      {tool === 'profile' ? (
        <ProfilePanel source={source} display={display} line={line} onMark={setMarked} onChange={change} centre={centre} />
      ) : null}
      <FootLine chart={chart} units={display.units} pointer={pointer} />
    </div>
  )
}

/** What went wrong last with the map, in a sentence. */
function Problem({ chart }: { chart: ChartMap }) {
  const problem = useObservable(chart.problem)
  return problem === null ? null : (
    <p className={classes.problem} role="status">
      {problem}
    </p>
  )
}
