/** A user as login and whoami show it: the documented contract's names. */
export interface UserRecord {
  userId: number
  username: string
  /** Administrator of this instance. */
  isAdmin: boolean
  /** Owner of the account. */
  isAccountOwner: boolean
  account: { id: number; name: string }
}

/** Who a request comes from. */
export interface Principal {
  kind: 'session' | 'apiToken'
  /** SHA-256 of the bearer string. */
  tokenHash: Buffer
  /** Whether the token is restricted to pages of some hosts; never true of a session. */
  hostRestricted: boolean
  user: UserRecord
}
