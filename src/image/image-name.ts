import { PlatformError } from '../base/index.ts'

const NAME = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/
const LONGEST_NAME = 128

/**
 * Names of images and clones: lower case, as Docker's repository names.
 *
 * @throws PlatformError INVALID_ARGUMENT
 */
export function checkName(name: string): void {
  if (NAME.test(name) && name.length <= LONGEST_NAME) return
  throw new PlatformError(
    'INVALID_ARGUMENT',
    `"${name}" is not a name: use lower-case letters, digits and single . _ - between them, at most ${LONGEST_NAME} characters`,
  )
}
