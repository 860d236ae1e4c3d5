/** All reports and tracks of a server have the same. */
export const NAMESPACE = 'public'
