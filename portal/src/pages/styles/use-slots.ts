import { useQuery } from '@tanstack/react-query'
import { usePortal } from '../../state/portal-context.tsx'

/** The colour slots that styles can change. */
export function useSlots() {
  const { styles } = usePortal()
  return useQuery({
    queryKey: ['style-slots'],
    queryFn: ({ signal }) => styles.slots(signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
