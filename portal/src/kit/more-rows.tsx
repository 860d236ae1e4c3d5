import { type ReactNode, useState } from 'react'
import { integer } from '../text/plural.ts'
import { Button } from './button.tsx'
import classes from './long-list.module.css'

/**
 * The first rows of a long list, and what stands below them: how many there are, and the way to more. A browser lays out some hundreds of rows
 * at once, not thousands.
 *
 * @param first how many are shown at first.
 * @param of what the rows are of: another list begins at its start.
 */
export function useMoreRows<T>(rows: readonly T[], first: number, of = ''): { shown: readonly T[]; more: ReactNode } {
  const [asked, setAsked] = useState({ of, number: first })
  const number = asked.of === of ? asked.number : first
  const hasAll = rows.length <= number
  const more =
    rows.length <= first ? null : (
      <div className={classes.more}>
        <span role="status">
          {integer(Math.min(number, rows.length))} of {integer(rows.length)}
        </span>
        {/* It stays when all are shown, so that the keyboard keeps its place. */}
        <Button off={hasAll ? 'These are all' : null} onClick={() => setAsked({ of, number: number * 2 })}>
          Show more
        </Button>
      </div>
    )
  return { shown: rows.slice(0, number), more }
}
