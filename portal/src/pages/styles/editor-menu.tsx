import { Menu } from '@mantine/core'
import { Button } from '../../kit/button.tsx'
import { useOfflineReason } from '../../state/portal-context.tsx'
import { chooseFiles } from '../charts/choose-files.ts'
import { downloadText } from '../job/download-text.ts'
import { parametersOf } from './style-draft.ts'
import { writeStyleFile } from './style-file.ts'
import type { StyleEditor } from './use-style-editor.ts'

/** The less frequent actions on a style. */
export function EditorMenu({
  editor: { draft, dirty, discard },
  onUse,
  onFile,
  onDelete,
}: {
  editor: StyleEditor
  onUse(): void
  /** A file to import was chosen. */
  onFile(file: File): void
  onDelete(): void
}) {
  const offline = useOfflineReason()
  const save = () => downloadText(`${draft.name}.json`, writeStyleFile({ name: draft.name, parameters: parametersOf(draft) }))
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button kind="quiet" icon="more" label="More" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onUse}>Use it</Menu.Item>
        <Menu.Item onClick={save}>Export</Menu.Item>
        <Menu.Item onClick={() => chooseFiles(([file]) => (file === undefined ? undefined : onFile(file)))}>Import</Menu.Item>
        {dirty ? <Menu.Item onClick={discard}>Back to the saved style</Menu.Item> : null}
        <Menu.Divider />
        <Menu.Item disabled={offline !== null} title={offline ?? undefined} onClick={onDelete}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
