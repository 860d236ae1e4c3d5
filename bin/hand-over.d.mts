/** See hand-over.mjs. @param env of the server; that of this process unless given. */
export function serverFlags(env?: Readonly<Record<string, string | undefined>>): string[]
export function memorySettings(env?: Readonly<Record<string, string | undefined>>): Record<string, string>
