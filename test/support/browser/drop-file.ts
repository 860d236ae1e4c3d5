import type { Buffer } from 'node:buffer'
import type { Page } from 'playwright-core'

/** Drops a file onto the middle of a page of charts, as a drag from the desktop does; the debugger cannot bring a file from there. */
export async function dropFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  const script = `(() => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (letter) => letter.charCodeAt(0))
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([bytes], ${JSON.stringify(name)}))
    const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2)
    const drag = (type) => target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    return new Promise((done) => {
      // A page that accepts files prevents the browser's default action.
      const tryDrop = () => (drag('dragover') ? requestAnimationFrame(tryDrop) : done(drag('drop')))
      tryDrop()
    })
  })()`
  await page.getByRole('navigation', { name: 'Charts' }).waitFor()
  await page.evaluate(script)
}
