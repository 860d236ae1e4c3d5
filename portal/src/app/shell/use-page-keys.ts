import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type KeyBinding, useKeys } from '../../kit/keys.tsx'

/** The keys that work on every page, and whether the help is open. */
export function usePageKeys(isAdmin: boolean): { open: boolean; show(): void; hide(): void } {
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const go = (run: () => unknown) => (): true => {
    void run()
    return true
  }
  const bindings: KeyBinding[] = [
    { keys: ['?'], does: 'Show this help', run: go(() => setOpen(true)) },
    { keys: ['g j'], does: 'Go to Jobs', run: go(() => navigate({ to: '/jobs' })) },
    { keys: ['g c'], does: 'Go to Charts', run: go(() => navigate({ to: '/charts' })) },
    { keys: ['g m'], does: 'Go to the map', run: go(() => navigate({ to: '/map' })) },
    { keys: ['g s'], does: 'Go to Styles', run: go(() => navigate({ to: '/styles' })) },
    { keys: ['g t'], does: 'Go to Tokens', run: go(() => navigate({ to: '/tokens' })) },
    { keys: ['g e'], does: 'Go to Exports', run: go(() => navigate({ to: '/exports' })) },
    { keys: ['g w'], does: 'Go to Webhooks', run: go(() => navigate({ to: '/webhooks' })) },
    { keys: ['g u'], does: 'Go to your account', run: go(() => navigate({ to: '/account' })) },
  ]
  if (isAdmin) {
    bindings.push(
      { keys: ['g a'], does: 'Go to Administration', run: go(() => navigate({ to: '/admin' })) },
      { keys: ['g v'], does: 'Go to Server', run: go(() => navigate({ to: '/admin/server' })) },
    )
  }
  useKeys('Everywhere', bindings)
  return { open, show: () => setOpen(true), hide: () => setOpen(false) }
}
