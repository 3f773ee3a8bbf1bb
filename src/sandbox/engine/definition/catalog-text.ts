import { expressionText, parseExpression } from '../../tsql/index.ts'

/** An expression as the catalog keeps it: `((0))`, `(getdate())`, `([a]>(1))`. */
export function catalogText(text: string): string {
  return `(${expressionText(parseExpression(text)) ?? text.trim()})`
}
