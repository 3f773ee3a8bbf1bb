/** The answer of a comparison that is not certain. */
export const UNKNOWN_ORDER = 2
