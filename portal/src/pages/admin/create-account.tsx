import { useState } from 'react'
import type { CreatedAccount } from '../../api/admin-api.ts'
import { FormDialog } from '../../kit/form-dialog.tsx'
import { ShownOnce } from '../../kit/shown-once.tsx'
import { fieldProblem, TextField } from '../../kit/text-field.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { SHORTEST_PASSWORD } from '../../text/admin-en.ts'
import { useReadAccountsAgain } from './use-accounts.ts'

/** Asks for an account and its first user, and then shows that user's token once. */
export function CreateAccount({ onClose }: { onClose(): void }) {
  const { admin } = usePortal()
  const readAgain = useReadAccountsAgain()
  const [name, setName] = useState('')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [created, setCreated] = useState<CreatedAccount | null>(null)

  if (created !== null) {
    return (
      <ShownOnce title={`${created.account.name} is ready`} secret={created.initialToken.id} onClose={onClose}>
        <p>
          {created.user.email} can sign in now. This is the first API token of the account, for programs that show its charts.
          Copy it now: the portal does not show it again.
        </p>
      </ShownOnce>
    )
  }
  const missing =
    name.trim() === ''
      ? 'The account needs a name'
      : username === ''
        ? 'The user needs a name'
        : password.length < SHORTEST_PASSWORD
          ? `The password needs at least ${SHORTEST_PASSWORD} characters`
          : null
  return (
    <FormDialog
      title="New account"
      verb="Create account"
      missing={missing}
      onCancel={onClose}
      send={async () => setCreated(await admin.createAccount({ name: name.trim(), username, password }))}
      // The token takes the place of the form.
      onSent={() => void readAgain()}
    >
      {(refused) => (
        <>
          <TextField
            label="Name of the account"
            value={name}
            onChange={setName}
            maxLength={200}
            wrong={fieldProblem(refused, '/name')}
            first
          />
          <TextField
            label="First user"
            value={username}
            onChange={setUsername}
            maxLength={256}
            hint="The name to sign in with. It need not be an e-mail address."
            wrong={fieldProblem(refused, '/username')}
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
