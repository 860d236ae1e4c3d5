type Search = Record<string, unknown>

/**
 * Has a page see only what it reads of its address. The router itself would hand on what a page leaves out, such as `depth=abc`.
 *
 * @param read what the page takes of the parameters of an address.
 */
export function onlyWhatIsRead<T extends object>(read: (search: Search) => T): (search: Search) => T {
  return (search) => Object.assign(Object.fromEntries(Object.keys(search).map((key) => [key, undefined])), read(search))
}
