import type { StyleDocument } from './chart-document.ts'

/** The attribution of a style as plain text. */
export function attributionOf(document: StyleDocument | null): string {
  const texts = Object.values(document?.sources ?? {}).flatMap((source) => {
    const { attribution } = source as { attribution?: unknown }
    return typeof attribution === 'string' ? [attribution] : []
  })
  const html = new DOMParser().parseFromString(texts.join('. '), 'text/html')
  return html.body.textContent ?? ''
}
