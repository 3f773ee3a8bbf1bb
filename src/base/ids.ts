import { randomBytes, randomInt } from 'node:crypto'

/** A new 64-digit hexadecimal id, in the form of Docker's container ids. */
export function createId(): string {
  return randomBytes(32).toString('hex')
}

/** The 12 leading digits people use for an id on the command line. */
export function shortId(id: string): string {
  return id.slice(0, 12)
}

const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const LOWER = 'abcdefghijkmnopqrstuvwxyz'
const DIGITS = '23456789'
const SYMBOLS = '-_.'
const PASSWORD_LENGTH = 24

/**
 * A random password that SQL Server's policy accepts (all four character sets) and that needs no
 * quoting in a shell, a URL or a connection string. About 140 bits.
 */
export function createPassword(): string {
  const all = UPPER + LOWER + DIGITS + SYMBOLS
  for (;;) {
    // A letter first: a leading '-' would read as an option on a command line.
    const password =
      pick(UPPER + LOWER) + Array.from({ length: PASSWORD_LENGTH - 1 }, () => pick(all)).join('')
    const sets = [UPPER, LOWER, DIGITS, SYMBOLS]
    if (sets.every((set) => [...password].some((character) => set.includes(character)))) {
      return password
    }
  }
}

function pick(set: string): string {
  return set.charAt(randomInt(set.length))
}
