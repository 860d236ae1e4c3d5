import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { counted, integer } from '../text/plural.ts'
import { Button } from './button.tsx'
import { Empty } from './empty.tsx'
import { findByText } from './find-by-text.ts'
import classes from './long-list.module.css'
import { useMoreRows } from './more-rows.tsx'

const FIRST_ROWS = 50

interface LongListProps<T> {
  items: readonly T[]
  /** What one item is called, such as `token`. */
  noun: string
  /** What is searched, in the words of the placeholder, such as `Name, owner or host`. */
  searched: string
  textOf(item: T): string
  /** The parameter of the address that holds the text; the route reads it by `readListSearch`. */
  parameter: string
  /** How many are shown at first. */
  first?: number
  /** The list lies in no panel, which would tell how many there are. */
  bare?: boolean
  /** Draws the items that are shown. */
  children(shown: readonly T[]): ReactNode
}

/** A list that may be long: from some dozens on it can be searched, and shows its first rows until more are asked for. */
export function LongList<T>({
  items,
  noun,
  searched,
  textOf,
  parameter,
  first = FIRST_ROWS,
  bare = false,
  children,
}: LongListProps<T>) {
  const [text, setText] = useAddressText(parameter)
  const found = useMemo(() => findByText(items, text, textOf), [items, text, textOf])
  const { shown, more } = useMoreRows(found, first, text)
  return (
    <>
      {items.length > first || text !== '' ? (
        <search className={classes.search} data-bare={bare || undefined}>
          <input
            type="search"
            aria-label={`Search the ${noun}s`}
            placeholder={searched}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <span role="status">
            {text.trim() === ''
              ? bare
                ? counted(items.length, noun)
                : ''
              : `${integer(found.length)} of ${counted(items.length, noun)}`}
          </span>
        </search>
      ) : null}
      {found.length === 0 && items.length > 0 ? (
        <Empty action={<Button onClick={() => setText('')}>Clear the search</Button>}>No {noun} fits this search.</Empty>
      ) : (
        children(shown)
      )}
      {more}
    </>
  )
}

/** A text that the address of the page holds. */
function useAddressText(parameter: string): [text: string, set: (text: string) => void] {
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>
  const text = search[parameter]
  const set = (next: string): void => {
    const changed = (before: object) => ({ ...before, [parameter]: next === '' ? undefined : next })
    void navigate({ to: '.', search: changed as never, replace: true, resetScroll: false })
  }
  return [typeof text === 'string' ? text : '', set]
}
