import classes from './bones.module.css'

const WIDTHS = [62, 48, 71, 55, 66, 44]

/** Placeholders for rows to come, six at most. They appear after 150 ms, so that a quick response causes no flash. */
export function Bones({ rows }: { rows: number }) {
  return (
    <div className={classes.bones} aria-busy="true">
      <span className="visually-hidden">Loading</span>
      {WIDTHS.slice(0, rows).map((width) => (
        <div key={width} className={classes.row}>
          <span className={classes.bone} style={{ width: '84px' }} />
          <span className={classes.bone} style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  )
}
