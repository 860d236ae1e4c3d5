/** What a dialog returns the focus to: the focused element or, inside a menu that closes, the button of the menu. */
export function openerOf(focused: Element | null): HTMLElement | null {
  const button = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby') ?? null
  const opener = button === null ? focused : document.getElementById(button)
  return opener instanceof HTMLElement ? opener : null
}

/** Returns the focus, unless something else already has it; when the opener is gone, the content of the page gets it. */
export function returnFocus(opener: HTMLElement | null): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return
  const target = opener?.isConnected === true ? opener : document.getElementById('content')
  target?.focus({ preventScroll: true })
}
