import { useMediaQuery } from '@mantine/hooks'
import type { Scheme } from './preferences.ts'

/** The colours to show: those chosen, or those of the device. */
export function useScheme(chosen: Scheme): Exclude<Scheme, 'auto'> {
  const dark = useMediaQuery('(prefers-color-scheme: dark)', window.matchMedia('(prefers-color-scheme: dark)').matches)
  if (chosen !== 'auto') return chosen
  return dark ? 'dark' : 'light'
}
