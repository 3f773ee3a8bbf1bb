/** A delimited identifier: `[Order Details]`. Every name in a script goes through here. */
export function quoteName(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}

/** A string literal of nvarchar: `N'O''Neill'`. */
export function quoteString(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`
}

/** Text for a comment up to the end of the line. */
export function lineComment(text: string): string {
  return `-- ${text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')}`
}

/** Text for a comment within a line; such comments nest, so neither mark may occur in it. */
export function inlineComment(text: string): string {
  return `/* ${text.replaceAll('*/', '* /').replaceAll('/*', '/ *')} */`
}
