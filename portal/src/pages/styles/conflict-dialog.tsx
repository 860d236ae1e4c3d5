import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { Age } from '../../kit/time.tsx'
import { counted } from '../../text/plural.ts'
import { draftOf, type StyleDraft } from './style-draft.ts'
import type { StyleEditor } from './use-style-editor.ts'

/** Warns, before anything is overwritten, that someone else has saved the style in the meantime. */
export function ConflictDialog({ editor }: { editor: StyleEditor }) {
  const { conflict, settle, save, draft, slots } = editor
  return (
    <Dialog
      title="Changed by someone else meanwhile"
      open={conflict !== null}
      onClose={() => settle('mine')}
      actions={
        <>
          <Button data-first onClick={() => settle('mine')}>
            Go on editing
          </Button>
          <Button onClick={() => settle('theirs')}>Take the saved style</Button>
          <Button kind="danger" onClick={() => void save(true)}>
            Save mine over it
          </Button>
        </>
      }
    >
      {conflict === null ? null : (
        <p>
          The style was saved elsewhere <Age at={conflict.updatedAt} />. It differs from yours in{' '}
          {differences(draft, draftOf(conflict, slots))}. If you take it, undo brings yours back.
        </p>
      )}
    </Dialog>
  )
}

function differences(mine: StyleDraft, theirs: StyleDraft): string {
  const count = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
      (key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]),
    ).length
  const colours = count(mine.colors, theirs.colors)
  const settings = count(mine.settings, theirs.settings)
  const parts = [
    ...(colours > 0 ? [counted(colours, 'colour')] : []),
    ...(settings > 0 ? [counted(settings, 'setting')] : []),
    ...(mine.name === theirs.name ? [] : ['the name']),
  ]
  return parts.length === 0 ? 'nothing that this page shows' : parts.join(', ')
}
