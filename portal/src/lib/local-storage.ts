type Keys = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The storage of this device; when the user has switched it off, one that is empty and refuses to store anything. */
export function localStorageOrNone(): Keys {
  try {
    return window.localStorage
  } catch {
    return { getItem: () => null, setItem: refuse, removeItem: () => {} }
  }
}

function refuse(): never {
  throw new Error('this browser keeps nothing')
}
