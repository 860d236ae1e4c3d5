import { isRecord } from '../../api/errors.ts'
import type { StyleDraft } from './style-draft.ts'

/** A draft as this browser keeps it. */
export interface StoredDraft {
  draft: StyleDraft
  /** The state of the style that it began with, to detect that someone else has changed it since. */
  basedOn: string
}

export interface DraftStore {
  read(styleId: number): StoredDraft | null
  /** @returns false when the browser stores nothing. */
  write(styleId: number, stored: StoredDraft): boolean
  drop(styleId: number): void
}

/** Drafts of styles of one user: several people may use one browser. */
export function createDraftStore(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, userId: number): DraftStore {
  const key = (styleId: number) => `chartroom.style.${userId}.${styleId}`
  return {
    read(styleId) {
      try {
        return asStored(JSON.parse(storage.getItem(key(styleId)) ?? 'null'))
      } catch {
        // An unreadable value counts as no draft.
        return null
      }
    },
    write(styleId, stored) {
      try {
        storage.setItem(key(styleId), JSON.stringify(stored))
        return true
      } catch {
        return false
      }
    },
    drop(styleId) {
      try {
        storage.removeItem(key(styleId))
      } catch {
        // Then nothing was stored.
      }
    },
  }
}

function asStored(value: unknown): StoredDraft | null {
  if (!isRecord(value) || typeof value['basedOn'] !== 'string' || !isRecord(value['draft'])) return null
  const { name, colors, settings, others } = value['draft']
  const fits = typeof name === 'string' && isRecord(colors) && isRecord(settings) && isRecord(others)
  if (!fits || !isRecord(others['colors']) || !isRecord(others['parameters'])) return null
  if (!areColours(colors)) return null
  return {
    draft: { name, colors, settings, others: { colors: others['colors'], parameters: others['parameters'] } },
    basedOn: value['basedOn'],
  }
}

function areColours(colors: Record<string, unknown>): colors is Record<string, string> {
  return Object.values(colors).every((colour) => typeof colour === 'string' && /^#[0-9a-f]{6}$/.test(colour))
}
