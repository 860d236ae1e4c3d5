type Search = Record<string, unknown>

/**
 * Shows a page only the search parameters that it reads. The router itself would pass on what a page ignores, such as `depth=abc`.
 * @param read picks what the page uses from the search parameters.
 */
export function onlyWhatIsRead<T extends object>(read: (search: Search) => T): (search: Search) => T {
  return (search) => Object.assign(Object.fromEntries(Object.keys(search).map((key) => [key, undefined])), read(search))
}
