import type { VersionedStyle } from '../../api/styles-api.ts'
import type { StoredDraft } from './draft-store.ts'
import { type History, startHistory, step } from './history.ts'
import { draftOf, type SlotList, type StyleDraft, sameDraft } from './style-draft.ts'

/** An edit at its beginning. */
export interface OpenedDraft {
  /** The style of the server, and the state of the one that the draft began with. */
  base: { draft: StyleDraft; version: string }
  /** With the draft of an earlier visit as its one step. */
  history: History<StyleDraft>
  /** Whether the style is the same as at that visit; null when no draft was kept. */
  restored: 'same' | 'changed' | null
}

/** @param stored what this browser has kept from an earlier visit. */
export function openDraft(record: VersionedStyle, slots: SlotList, stored: StoredDraft | null): OpenedDraft {
  const draft = draftOf(record, slots)
  const history = startHistory(draft)
  // A draft that equals the style has been saved, perhaps from another window.
  if (stored === null || sameDraft(stored.draft, draft))
    return { base: { draft, version: record.version }, history, restored: null }
  return {
    base: { draft, version: stored.basedOn },
    history: step(history, stored.draft),
    restored: stored.basedOn === record.version ? 'same' : 'changed',
  }
}
