/** Collation bits of the file format: a set bit means "insensitive". */
const CASE_INSENSITIVE = 0x1000
const ACCENT_INSENSITIVE = 0x2000
const COMBINING_MARKS = /\p{M}/gu

/** A key under which two identifiers that a collation takes for the same are the same string. */
export function nameKey(name: string, collationId: number): string {
  let key = name.trimEnd() // trailing blanks never count in a comparison
  if ((collationId & ACCENT_INSENSITIVE) !== 0) {
    key = key.normalize('NFD').replace(COMBINING_MARKS, '')
  }
  return (collationId & CASE_INSENSITIVE) !== 0 ? key.toUpperCase() : key
}
