import { Note } from '../../kit/note.tsx'
import classes from './map.module.css'

/** What a browser gets that cannot draw vector charts. */
export function NoWebGl({ base }: { base: string }) {
  const raster = new URL('api/v2/tiles/enc-raster-v2.json', base).href
  return (
    <div className={classes.message}>
      <Note icon="warning">
        <p>This browser cannot draw the chart: it has no WebGL 2.</p>
        <p>
          Switch on hardware acceleration in the settings of the browser, or use a current one. Programs that cannot draw vectors
          can show the same charts as pictures: the <a href={raster}>description of the raster tiles</a> has their address. It
          needs an API token.
        </p>
      </Note>
    </div>
  )
}
