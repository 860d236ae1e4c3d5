import { useState } from 'react'
import type { CreatedUser } from '../../api/admin-api.ts'
import { FormDialog } from '../../kit/form-dialog.tsx'
import { ShownOnce } from '../../kit/shown-once.tsx'
import { fieldProblem, TextField } from '../../kit/text-field.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { SHORTEST_PASSWORD } from '../../text/admin-en.ts'
import { useReadAccountsAgain } from './use-accounts.ts'

/** Asks for a user of an account, and then shows that user's first token once. */
export function CreateUser({ accountId, onClose }: { accountId: number; onClose(): void }) {
  const { admin } = usePortal()
  const readAgain = useReadAccountsAgain()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [created, setCreated] = useState<CreatedUser | null>(null)

  if (created !== null) {
    return (
      <ShownOnce title={`${created.user.email} can sign in`} secret={created.initialToken.id} onClose={onClose}>
        <p>This is an API token of the user, for programs that show charts. Copy it now: the portal does not show it again.</p>
      </ShownOnce>
    )
  }
  const missing =
    username === ''
      ? 'The user needs a name'
      : password.length < SHORTEST_PASSWORD
        ? `The password needs at least ${SHORTEST_PASSWORD} characters`
        : null
  return (
    <FormDialog
      title="New user"
      verb="Create user"
      missing={missing}
      onCancel={onClose}
      send={async () => setCreated(await admin.createUser({ accountId, username, password }))}
      // The token takes the place of the form.
      onSent={() => void readAgain()}
    >
      {(refused) => (
        <>
          <TextField
            label="User name"
            value={username}
            onChange={setUsername}
            maxLength={256}
            hint="The name to sign in with. It need not be an e-mail address."
            wrong={fieldProblem(refused, '/username')}
            first
          />
          <TextField
            label="Password"
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            hint={`At least ${SHORTEST_PASSWORD} characters. The user can change it.`}
            wrong={fieldProblem(refused, '/password')}
          />
        </>
      )}
    </FormDialog>
  )
}
