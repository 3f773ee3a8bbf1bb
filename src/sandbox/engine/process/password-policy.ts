const MINIMUM_LENGTH = 8
const MAXIMUM_LENGTH = 128
const CHARACTER_SETS = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u] as const
const REQUIRED_SETS = 3

/**
 * Checks a new password of a login by SQL Server's rules.
 *
 * @returns what SQL Server writes after "Password validation failed."; undefined for a good one
 */
export function passwordPolicyViolation(password: string): string | undefined {
  const start = 'The password does not meet SQL Server password policy requirements because it is'
  if (password.length < MINIMUM_LENGTH) {
    return `${start} too short. The password must be at least ${MINIMUM_LENGTH} characters.`
  }
  if (password.length > MAXIMUM_LENGTH) {
    return `${start} too long. The password must be at most ${MAXIMUM_LENGTH} characters.`
  }
  if (CHARACTER_SETS.filter((set) => set.test(password)).length >= REQUIRED_SETS) return undefined
  return (
    `${start} not complex enough. The password must be at least ${MINIMUM_LENGTH} characters long ` +
    'and contain characters from three of the following four sets: Uppercase letters, ' +
    'Lowercase letters, Base 10 digits, and Symbols.'
  )
}
