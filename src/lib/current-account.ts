import os from 'node:os'

/** The account that this process runs under, for messages about permissions. */
export function currentAccount(): string {
  try {
    return `the account "${os.userInfo().username}"`
  } catch {
    // A container may run under an id without a name.
    return `the account with number ${process.getuid?.() ?? 'unknown'}`
  }
}
