import { useQuery } from '@tanstack/react-query'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { chooseAccount, type FilterProps } from './job-filter.ts'
import classes from './jobs.module.css'

/** The filter by account, for administrators of a server with several accounts; the jobs of the server itself belong to none. */
export function AccountSelect({ filter, onChange }: FilterProps) {
  const { api } = usePortal()
  const { data: user } = useUser()
  const { data: accounts = [] } = useQuery({
    queryKey: ['accounts'],
    queryFn: ({ signal }) => api.accounts(signal),
    enabled: user?.isAdmin === true,
  })
  const chosen = filter.account
  if (chosen === undefined && accounts.length < 2) return null
  // A link may name an account that has been deleted since.
  const isKnown = chosen === undefined || accounts.some(({ id }) => id === chosen)
  return (
    <select
      className={classes.select}
      aria-label="Account"
      value={chosen ?? ''}
      onChange={(event) => onChange(chooseAccount(filter, Number(event.target.value)))}
    >
      <option value="">All accounts</option>
      {accounts.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {isKnown ? null : <option value={chosen}>Account {chosen}</option>}
    </select>
  )
}
