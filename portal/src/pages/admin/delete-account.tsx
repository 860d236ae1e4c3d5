import type { Account, AccountUsage } from '../../api/admin-api.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { FormDialog } from '../../kit/form-dialog.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { deletionSentence } from '../../text/admin-en.ts'

interface DeleteAccountProps {
  account: Account
  usage: AccountUsage
  onClose(): void
  onDeleted(jobId: string): void
}

/** Says what is deleted together with an account, and then deletes it. */
export function DeleteAccount({ account, usage, onClose, onDeleted }: DeleteAccountProps) {
  const { admin } = usePortal()
  const announce = useAnnounce()
  return (
    <FormDialog
      title={`Delete ${account.name}`}
      verb="Delete account"
      danger
      onCancel={onClose}
      onSent={onClose}
      send={async () => {
        const jobId = await admin.deleteAccount(account.id)
        announce(`${account.name} is being deleted`)
        onDeleted(jobId)
      }}
    >
      {() => (
        <>
          <p>{deletionSentence(usage)}</p>
          <p>Its users are signed out and its tokens stop working at once. This cannot be undone.</p>
        </>
      )}
    </FormDialog>
  )
}
