/**
 * How near two folders of a zip are: Infinity for the same folder; else more for each folder that their paths share from the top,
 * and less for each that they do not. Case does not count.
 */
export function nearness(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)]
  let shared = 0
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++
  const apart = a.length + b.length - 2 * shared
  return apart === 0 ? Infinity : shared - apart
}

function partsOf(folder: string): string[] {
  return folder
    .toUpperCase()
    .split('/')
    .filter((part) => part !== '')
}
