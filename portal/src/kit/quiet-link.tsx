import { type NavigateOptions, type RegisteredRouter, useRouter } from '@tanstack/react-router'
import type { ComponentPropsWithRef, MouseEvent } from 'react'

interface QuietLinkProps extends Omit<ComponentPropsWithRef<'a'>, 'href' | 'onClick'> {
  /** Where it leads, as `navigate` takes it. */
  to: NavigateOptions<RegisteredRouter>
}

/** A link for the rows of long lists: unlike the router's own, it does not follow changes of the URL, so that a row renders fast. */
export function QuietLink({ to, children, ...rest }: QuietLinkProps) {
  const router = useRouter()

  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!isPlain || event.defaultPrevented) return
    event.preventDefault()
    void router.navigate(to)
  }

  return (
    <a {...rest} href={router.buildLocation(to).publicHref} onClick={follow}>
      {children}
    </a>
  )
}
