/** An expression as the catalog keeps it: in parentheses, and a number in two pairs of them. */
export function catalogText(text: string): string {
  const bare = withoutParentheses(text.trim())
  return /^[+-]?[\d.]+$/.test(bare) ? `((${bare}))` : `(${bare})`
}

function withoutParentheses(text: string): string {
  let bare = text
  while (bare.startsWith('(') && closesAtEnd(bare)) bare = bare.slice(1, -1).trim()
  return bare
}

/** Whether the first parenthesis is closed by the last character. */
function closesAtEnd(text: string): boolean {
  let depth = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === "'" || character === '"') quote = character
    else if (character === '[') quote = ']'
    else if (character === '(') depth += 1
    else if (character === ')') {
      depth -= 1
      if (depth === 0) return at === text.length - 1
    }
  }
  return false
}
