import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type KeyBinding, useKeys } from '../../kit/keys.tsx'
import { LIST_KEYS } from './list-keys.ts'
import { pagesFor } from './pages.ts'

/** The keys that work on every page, and whether the help is open. */
export function usePageKeys(isAdmin: boolean): { open: boolean; show(): void; hide(): void } {
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const used = (run: () => unknown) => (): true => {
    void run()
    return true
  }
  const ways = pagesFor(isAdmin).map(
    ({ to, word, key, does = `Go to ${word}` }): KeyBinding => ({ keys: [`g ${key}`], does, run: used(() => navigate({ to })) }),
  )
  useKeys('Everywhere', [{ keys: ['?'], does: 'Show this help', run: used(() => setOpen(true)) }, ...LIST_KEYS, ...ways])
  return { open, show: () => setOpen(true), hide: () => setOpen(false) }
}
