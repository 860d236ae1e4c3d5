import { Link, type LinkProps } from '@tanstack/react-router'
import classes from './sub-pages.module.css'

/** The navigation between the pages below one entry of the rail. */
export function SubPages({
  name,
  pages,
}: {
  name: string
  pages: readonly { to: NonNullable<LinkProps['to']>; word: string }[]
}) {
  return (
    <nav className={classes.pages} aria-label={name}>
      {pages.map(({ to, word }) => (
        <Link key={to} to={to} className={classes.page}>
          {word}
        </Link>
      ))}
    </nav>
  )
}
