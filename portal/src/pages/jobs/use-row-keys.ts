import type { RefObject } from 'react'
import { useKeys } from '../../kit/keys.tsx'

export interface RowKeys {
  list: RefObject<HTMLElement | null>
  onSelect(id: string): void
  onCancel(id: string): void
  onRetry(id: string): void
  onFresh(): void
  onStart(): void
  onFilter(): void
}

/** The keys of a list of jobs. The focus goes from row to row by the links of their names, so that Enter opens a job by itself. */
export function useRowKeys({ list, onSelect, onCancel, onRetry, onFresh, onStart, onFilter }: RowKeys): void {
  const links = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])]
  const focused = () => document.activeElement?.closest<HTMLElement>('[data-job]')

  function move(by: number): boolean {
    const all = links()
    const at = all.findIndex((link) => focused()?.contains(link) === true)
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]
    if (next === undefined) return false
    next.focus()
    next.scrollIntoView({ block: 'nearest' })
    return true
  }

  function withRow(act: (id: string) => void): boolean {
    const id = focused()?.dataset.job
    if (id === undefined) return false
    act(id)
    return true
  }

  const always = (act: () => void) => (): true => {
    act()
    return true
  }

  useKeys('Jobs', [
    { keys: ['j', 'ArrowDown'], does: 'Next job', run: () => move(1) },
    { keys: ['k', 'ArrowUp'], does: 'Previous job', run: () => move(-1) },
    { keys: ['Enter'], does: 'Open the job', run: () => false },
    { keys: ['x'], does: 'Select the job', run: () => withRow(onSelect) },
    { keys: ['c'], does: 'Cancel the job', run: () => withRow(onCancel) },
    { keys: ['Shift+R'], does: 'Retry the job', run: () => withRow(onRetry) },
    { keys: ['.'], does: 'Show new jobs', run: always(onFresh) },
    { keys: ['n'], does: 'Start a job', run: always(onStart) },
    { keys: ['/'], does: 'Go to the filters', run: always(onFilter) },
  ])
}
