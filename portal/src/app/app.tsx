import { HoverCard, MantineProvider, Menu, Popover, Tooltip } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Announcer } from '../kit/announcer.tsx'
import { KeyProvider } from '../kit/keys.tsx'
import overlay from '../kit/overlay.module.css'
import { useObservable } from '../lib/use-observable.ts'
import type { Portal } from '../state/portal.ts'
import { PortalContext } from '../state/portal-context.tsx'
import { createQueryClient } from '../state/queries.ts'
import { useScheme } from '../state/use-scheme.ts'
import { createPortalRouter } from './router.tsx'
import { styleNonce } from './style-nonce.ts'

const shadowless = { shadow: 'none', radius: 8 } as const
const theme = {
  fontFamily: 'var(--font)',
  respectReducedMotion: true,
  components: {
    Menu: Menu.extend({
      // Without a placeholder the first item has the focus, and a menu contains only what screen readers expect in one.
      defaultProps: {
        ...shadowless,
        position: 'bottom-end',
        transitionProps: { duration: 0 },
        withInitialFocusPlaceholder: false,
      },
      classNames: { dropdown: overlay.dropdown, item: overlay.item, label: overlay.label, divider: overlay.divider },
    }),
    Popover: Popover.extend({
      defaultProps: { ...shadowless, transitionProps: { duration: 0 } },
      classNames: { dropdown: overlay.card },
    }),
    HoverCard: HoverCard.extend({
      defaultProps: { ...shadowless, transitionProps: { duration: 0 } },
      classNames: { dropdown: overlay.card },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { transitionProps: { duration: 0 }, radius: 4 },
      classNames: { tooltip: overlay.tooltip },
    }),
  },
}

/** The whole portal. */
export function App({ portal }: { portal: Portal }) {
  const [router] = useState(() => createPortalRouter(portal))
  const [queries] = useState(createQueryClient)
  const { scheme: chosen, density, letterKeys } = useObservable(portal.preferences)
  const scheme = useScheme(chosen)

  useEffect(() => {
    document.documentElement.dataset.scheme = scheme
    document.documentElement.dataset.density = density
  }, [scheme, density])

  return (
    <MantineProvider getStyleNonce={styleNonce} forceColorScheme={scheme === 'light' ? 'light' : 'dark'} theme={theme}>
      <PortalContext.Provider value={portal}>
        <QueryClientProvider client={queries}>
          <KeyProvider letters={letterKeys}>
            <Announcer>
              <RouterProvider router={router} />
            </Announcer>
          </KeyProvider>
        </QueryClientProvider>
      </PortalContext.Provider>
    </MantineProvider>
  )
}
