import { QueryClient, useQuery } from '@tanstack/react-query'
import { ApiError, UnreachableError } from '../api/errors.ts'
import { usePortal } from './portal-context.tsx'

/** Reads are repeated while the server starts; other errors are shown at once. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: 30_000,
        retry: (failures, error) =>
          failures < 5 && (error instanceof UnreachableError || (error instanceof ApiError && error.status === 503)),
        retryDelay: (failures) => Math.min(10_000, 1_000 * 2 ** failures),
      },
    },
  })
}

export function useUser() {
  const { api } = usePortal()
  return useQuery({ queryKey: ['user'], queryFn: ({ signal }) => api.whoami(signal), staleTime: Number.POSITIVE_INFINITY })
}

export function useInstance() {
  const { api } = usePortal()
  return useQuery({ queryKey: ['instance'], queryFn: ({ signal }) => api.instance(signal) })
}
