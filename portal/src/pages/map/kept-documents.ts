import type { StyleDocument } from './chart-document.ts'

/** Documents that are kept, so that going back to a display needs no request. */
const KEPT = 12

export interface KeptDocuments {
  /** Returns the document of a key from those kept, or else from `read`, and keeps it as the newest. */
  get(key: string, read: () => Promise<StyleDocument>): Promise<StyleDocument>
}

/** Keeps the style documents that were served last, by the query they answer. */
export function createKeptDocuments(): KeptDocuments {
  const documents = new Map<string, StyleDocument>()
  return {
    async get(key, read) {
      const document = documents.get(key) ?? (await read())
      documents.delete(key)
      documents.set(key, document)
      const [oldest] = documents.keys()
      if (documents.size > KEPT && oldest !== undefined) documents.delete(oldest)
      return document
    },
  }
}
