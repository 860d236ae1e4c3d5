import type { PortalFiles } from './portal-files.ts'

/**
 * Whether this server has the portal:
 * - ready: it serves these files
 * - building: a build is under way
 * - failed: the build failed; the log has the reason
 * - absent: there is no build, and nothing makes one
 */
export type PortalState = { kind: 'ready'; files: PortalFiles } | { kind: 'building' | 'failed' | 'absent' }
