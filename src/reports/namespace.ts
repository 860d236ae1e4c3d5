/** The namespace of all reports and tracks of a server. */
export const NAMESPACE = 'public'
