import { ApiError } from '../../api/errors.ts'
import type { VersionedStyle } from '../../api/styles-api.ts'
import type { Portal } from '../../state/portal.ts'
import { draftOf, parametersOf, type SlotList, type StyleDraft, sameDraft } from './style-draft.ts'

export interface Saving {
  id: number
  draft: StyleDraft
  slots: SlotList
  /** The state of the style that the draft replaces. */
  basedOn: string
}

/**
 * Saves a draft, unless the style has changed since the state that the draft replaces.
 * @returns the style as it is saved, or as someone else has changed it.
 */
export async function saveStyle(
  { styles }: Pick<Portal, 'styles'>,
  { id, draft, slots, basedOn }: Saving,
): Promise<{ saved: VersionedStyle } | { conflict: VersionedStyle }> {
  try {
    return { saved: await styles.update(id, { name: draft.name, parameters: parametersOf(draft) }, basedOn) }
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'STYLE_CHANGED')) throw error
  }
  const now = await styles.get(id)
  // The same draft may have been saved from another window.
  return sameDraft(draftOf(now, slots), draft) ? { saved: now } : { conflict: now }
}
