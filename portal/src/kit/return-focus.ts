/** What a dialog gives the focus back to: the element that has it, or the button of the menu that it lies in, which closes. */
export function openerOf(focused: Element | null): HTMLElement | null {
  const button = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby') ?? null
  const opener = button === null ? focused : document.getElementById(button)
  return opener instanceof HTMLElement ? opener : null
}

/** Gives the focus back, unless something else has it already; where the opener is gone, the content of the page takes it. */
export function returnFocus(opener: HTMLElement | null): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return
  const target = opener?.isConnected === true ? opener : document.getElementById('content')
  target?.focus({ preventScroll: true })
}
