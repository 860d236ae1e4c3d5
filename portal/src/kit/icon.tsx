import classes from './icon.module.css'
import { ICONS, type IconName } from './icon-paths.ts'

/** An icon beside its word; hidden from screen readers, which hear the word. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className={classes.icon} viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" focusable="false">
      {ICONS[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}
