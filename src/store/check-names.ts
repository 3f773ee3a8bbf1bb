import path from 'node:path'
import { PlatformError } from '../base/index.ts'
import { METADATA_FILE } from './metadata.ts'

const KEY = /^[a-z0-9][a-z0-9-]{0,63}$/

/** @throws PlatformError INVALID_ARGUMENT when it is not a key; it becomes a folder's name. */
export function checkKey(key: string): void {
  if (KEY.test(key)) return
  const rule = 'write 1 to 64 lower-case letters, digits and hyphens, no hyphen first'
  throw new PlatformError('INVALID_ARGUMENT', `"${key}" is not a key of a store: ${rule}`)
}

/** @throws PlatformError INVALID_ARGUMENT when they cannot be the files of one base. */
export function checkNames(names: readonly string[]): void {
  if (names.length === 0) throw new PlatformError('INVALID_ARGUMENT', 'a base needs a file')
  for (const [index, name] of names.entries()) {
    const isPlain = name !== '' && name === path.basename(name) && !name.startsWith('.')
    if (!isPlain || name === METADATA_FILE) {
      throw new PlatformError('INVALID_ARGUMENT', `"${name}" is not a plain file name`)
    }
    if (names.indexOf(name) !== index) {
      throw new PlatformError('INVALID_ARGUMENT', `the file name ${name} is given twice`)
    }
  }
}
