/**
 * Puts text on the clipboard. On plain HTTP, browsers offer no clipboard API, so a selected text area is the fallback.
 * @returns false when neither works: the page then shows the text selected, for Ctrl+C.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (window.isSecureContext) {
      await navigator.clipboard.writeText(text)
      return true
    }
  } catch {
    // Refused by the browser or its user; the fallback may still be allowed.
  }
  const holder = document.activeElement?.closest('dialog') ?? document.body
  const before = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.readOnly = true
  area.className = 'visually-hidden'
  holder.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
