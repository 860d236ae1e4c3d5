import { access, readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '#lib/errors.ts'

interface Link {
  /** Both relative to the folder above native/. */
  source: string
  target: string
}

/**
 * Creates the symbolic links of the bundled libraries (such as `libicuuc.so.60`). Packages cannot contain links, and package managers
 * often skip the install script that would create them; without them no program of the bundle starts.
 *
 * @param native the bundle's folder, with pg-symlinks.json in it.
 * @param folder where to create them: `native/lib`, or another folder, whose links then point into `native/lib`.
 * @returns false when this account may not write there.
 */
export async function linkLibraries(native: string, folder = path.join(native, 'lib')): Promise<boolean> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const link of JSON.parse(list) as Link[]) {
    const source = path.join(native, '..', link.source)
    const target = path.join(folder, path.basename(link.target))
    const relative = path.dirname(source) === folder ? path.basename(source) : source
    if (await exists(target)) continue
    try {
      await symlink(relative, target)
    } catch (error) {
      const code = codeOf(error)
      // Another start may have just created it.
      if (code === 'EEXIST' && (await exists(target))) continue
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EEXIST') return false
      throw error
    }
  }
  return true
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
