import { SessionOverError } from '../../api/errors.ts'
import type { StyleRecord } from '../../api/styles-api.ts'
import type { Portal } from '../../state/portal.ts'
import { draftOf, parametersOf, type SlotList, type StyleDraft, sameDraft } from './style-draft.ts'

export interface Saving {
  id: number
  draft: StyleDraft
  slots: SlotList
  /** When the style that the draft began with had last been changed. */
  basedOn: number
  /** Also when someone else has changed it since. */
  over: boolean
}

/**
 * Saves a draft, unless the style was changed elsewhere since the draft began.
 *
 * @returns the style as it is saved, or as someone else has changed it.
 * @throws SessionOverError when the user had to sign in meanwhile: whether to save still holds, the user says.
 */
export async function saveStyle(
  { styles, session }: Pick<Portal, 'styles' | 'session'>,
  { id, draft, slots, basedOn, over }: Saving,
): Promise<{ saved: StyleRecord } | { conflict: StyleRecord }> {
  const token = session.current.get()?.token
  const now = await styles.get(id)
  if (session.current.get()?.token !== token) throw new SessionOverError()
  if (!over && now.updatedAt !== basedOn && !sameDraft(draftOf(now, slots), draft)) return { conflict: now }
  return { saved: await styles.update(id, { name: draft.name, parameters: parametersOf(draft) }) }
}
