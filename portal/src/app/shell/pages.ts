import type { IconName } from '../../kit/icon-paths.ts'

interface ShellPage {
  to: '/jobs' | '/charts' | '/map' | '/styles' | '/tokens' | '/exports' | '/webhooks' | '/account' | '/admin' | '/admin/server'
  word: string
  icon: IconName
  /** The letter after `g` that goes there. */
  key: string
  /** What the help says about the key; `Go to` and the word unless given. */
  does?: string
  /** Whether the rail has it; the account is in the user menu, and the server below the administration. */
  inRail: boolean
  /** Its place on a phone; null for a page that others lead to. */
  phone: 'bar' | 'more' | null
  forAdmins?: boolean
}

/** The pages of the shell in order: the rail, the bottom bar with its menu, and the keys all come from this list. */
const PAGES: readonly ShellPage[] = [
  { to: '/jobs', word: 'Jobs', icon: 'jobs', key: 'j', inRail: true, phone: 'bar' },
  { to: '/charts', word: 'Charts', icon: 'charts', key: 'c', inRail: true, phone: 'bar' },
  { to: '/map', word: 'Map', icon: 'map', key: 'm', does: 'Go to the map', inRail: true, phone: 'bar' },
  { to: '/styles', word: 'Styles', icon: 'styles', key: 's', inRail: true, phone: 'more' },
  { to: '/tokens', word: 'Tokens', icon: 'key', key: 't', inRail: true, phone: 'more' },
  {
    to: '/exports',
    word: 'Offline packs',
    icon: 'exports',
    key: 'e',
    does: 'Go to the offline packs',
    inRail: true,
    phone: 'more',
  },
  { to: '/webhooks', word: 'Webhooks', icon: 'webhook', key: 'w', inRail: true, phone: 'more' },
  { to: '/account', word: 'Account', icon: 'account', key: 'u', does: 'Go to your account', inRail: false, phone: 'more' },
  { to: '/admin', word: 'Administration', icon: 'server', key: 'a', inRail: true, phone: 'more', forAdmins: true },
  { to: '/admin/server', word: 'Server', icon: 'server', key: 'v', inRail: false, phone: null, forAdmins: true },
]

/** The pages that a user may open. */
export function pagesFor(isAdmin: boolean): readonly ShellPage[] {
  return PAGES.filter(({ forAdmins = false }) => isAdmin || !forAdmins)
}
