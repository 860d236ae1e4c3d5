import { useState } from 'react'
import type { Account } from '../../api/admin-api.ts'
import { FormDialog } from '../../kit/form-dialog.tsx'
import { fieldProblem, TextField } from '../../kit/text-field.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { useReadAccountsAgain } from './use-accounts.ts'

/** Asks for another name of an account. */
export function RenameAccount({ account, onClose }: { account: Account; onClose(): void }) {
  const { admin } = usePortal()
  const readAgain = useReadAccountsAgain()
  const [name, setName] = useState(account.name)
  const wanted = name.trim()
  return (
    <FormDialog
      title={`Rename ${account.name}`}
      verb="Rename"
      missing={wanted === '' ? 'The account needs a name' : wanted === account.name ? 'The name is the same' : null}
      onCancel={onClose}
      onSent={onClose}
      send={async () => {
        await admin.renameAccount(account.id, wanted)
        await readAgain()
      }}
    >
      {(refused) => (
        <TextField label="Name" value={name} onChange={setName} maxLength={200} wrong={fieldProblem(refused, '/name')} first />
      )}
    </FormDialog>
  )
}
