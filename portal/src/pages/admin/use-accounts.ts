import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'

/** The accounts of the server; read only for administrators. */
export function useAccounts() {
  const { admin } = usePortal()
  const isAdmin = useUser().data?.isAdmin === true
  return useQuery({ queryKey: ['accounts'], queryFn: ({ signal }) => admin.accounts(signal), enabled: isAdmin, staleTime: 0 })
}

/** What each account has. */
export function useAccountUsage() {
  const { admin } = usePortal()
  const isAdmin = useUser().data?.isAdmin === true
  return useQuery({ queryKey: ['account-usage'], queryFn: ({ signal }) => admin.usage(signal), enabled: isAdmin, staleTime: 0 })
}

/** The users of all accounts. */
export function useUsers() {
  const { admin } = usePortal()
  const isAdmin = useUser().data?.isAdmin === true
  return useQuery({ queryKey: ['users'], queryFn: ({ signal }) => admin.users(signal), enabled: isAdmin, staleTime: 0 })
}

/** Reads all of it again, after a change. */
export function useReadAccountsAgain(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(async () => {
    const keys = [['accounts'], ['account-usage'], ['users'], ['account-tokens']]
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })))
  }, [queries])
}
