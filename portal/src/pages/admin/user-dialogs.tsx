import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AdminUser } from '../../api/admin-api.ts'
import { FormDialog } from '../../kit/form-dialog.tsx'
import { fieldProblem, TextField } from '../../kit/text-field.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { SHORTEST_PASSWORD } from '../../text/admin-en.ts'
import { useReadAccountsAgain } from './use-accounts.ts'

interface UserDialogProps {
  user: AdminUser
  onClose(): void
  /** Says what has been done; the job still works on it. */
  onDone(text: string, jobId?: string): void
}

/** Asks for another name of a user. */
export function RenameUser({ user, onClose, onDone }: UserDialogProps) {
  const { admin } = usePortal()
  const readAgain = useReadAccountsAgain()
  const queries = useQueryClient()
  const [name, setName] = useState(user.email)
  return (
    <FormDialog
      title={`Rename ${user.email}`}
      verb="Rename"
      missing={name === '' ? 'The user needs a name' : name === user.email ? 'The name is the same' : null}
      onCancel={onClose}
      onSent={onClose}
      send={async () => {
        await admin.editUser(user.id, { username: name })
        onDone(`${user.email} signs in as ${name} from now on.`)
        // It may be the signed-in user's own name, in the corner.
        await Promise.all([readAgain(), queries.invalidateQueries({ queryKey: ['user'] })])
      }}
    >
      {(refused) => (
        <TextField
          label="User name"
          value={name}
          onChange={setName}
          maxLength={256}
          hint="The user signs in with it from now on."
          wrong={fieldProblem(refused, '/username')}
          first
        />
      )}
    </FormDialog>
  )
}

/** Asks for a new password of a user. */
export function NewPassword({ user, onClose, onDone }: UserDialogProps) {
  const { admin } = usePortal()
  const { data: self } = useUser()
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const isSelf = self?.userId === user.id
  return (
    <FormDialog
      title={`Set the password of ${user.email}`}
      verb="Set password"
      missing={password.length < SHORTEST_PASSWORD ? `At least ${SHORTEST_PASSWORD} characters` : null}
      onCancel={onClose}
      onSent={onClose}
      send={async () => {
        await admin.editUser(user.id, { password })
        onDone(`The password of ${user.email} was set, and ${isSelf ? 'your other' : 'all'} sessions of the user have ended.`)
        await queries.invalidateQueries({ queryKey: ['instance'] })
      }}
    >
      {(refused) => (
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          hint={
            isSelf ? 'Your other sessions end. This one stays.' : 'The user is signed out everywhere. API tokens keep working.'
          }
          wrong={fieldProblem(refused, '/password')}
          first
        />
      )}
    </FormDialog>
  )
}

/** Says what is deleted together with a user, and then deletes the user. */
export function DeleteUser({ user, onClose, onDone }: UserDialogProps) {
  const { admin } = usePortal()
  const readAgain = useReadAccountsAgain()
  return (
    <FormDialog
      title={`Delete ${user.email}`}
      verb="Delete user"
      danger
      onCancel={onClose}
      onSent={onClose}
      send={async () => {
        const jobId = await admin.deleteUser(user.id)
        onDone(`${user.email} can no longer sign in. A job is removing the user.`, jobId)
        await readAgain()
      }}
    >
      {() => (
        <>
          <p>The user is signed out, and the API tokens of the user stop working at once.</p>
          <p>Charts and styles stay with the account. This cannot be undone.</p>
        </>
      )}
    </FormDialog>
  )
}
