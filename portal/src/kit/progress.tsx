import classes from './progress.module.css'

/** The server's percentage. A job that waits keeps its bar still and hatched; only work that goes on is solid. */
export function Progress({ percent, waiting, label }: { percent: number; waiting: boolean; label: string }) {
  return (
    <div className={classes.progress}>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent} %${waiting ? ', waiting' : ''}`}
      >
        <div className={waiting ? classes.still : classes.bar} style={{ transform: `translateX(${percent - 100}%)` }} />
      </div>
      <span className={classes.figure} aria-hidden="true">
        {percent} %
      </span>
    </div>
  )
}
