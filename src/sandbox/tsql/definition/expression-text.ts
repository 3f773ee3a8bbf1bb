import type { Expression, FunctionCall, Literal, Predicate, TypeName } from '../syntax/index.ts'

/**
 * An expression in the words in which SQL Server's catalog keeps it: names in brackets, numbers in
 * parentheses, `IN` and `BETWEEN` spelt out. Undefined for what the catalog's form is not known of.
 */
export function expressionText(expression: Expression): string | undefined {
  try {
    return print(expression, 0)
  } catch (error) {
    if (error instanceof Unprintable) return undefined
    throw error
  }
}

/** Thrown out of the depth of an expression that is kept as it was written. */
class Unprintable extends Error {}

/** From the loosest to the tightest. */
const LEVELS = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, sign: 7 } as const

function print(node: Expression, outer: number): string {
  switch (node.kind) {
    case 'literal':
      return literalText(node)
    case 'column':
      return node.parts.map(bracketed).join('.')
    case 'unary':
      return signed(node, outer)
    case 'binary':
      return binaryText(node, outer)
    case 'function':
      return callText(node)
    case 'cast':
      if (node.form === 'parse' || node.isTry || node.style !== undefined) throw new Unprintable()
      return `CONVERT(${typeText(node.type)},${print(node.operand, 0)})`
    case 'case':
      return caseText(node)
    case 'collate':
      return `${print(node.operand, LEVELS.sign)} collate ${node.collation}`
    case 'next-value': {
      const { database, schema, name } = node.sequence
      const parts = [database, schema, name].filter((part) => part !== '')
      return `NEXT VALUE FOR ${parts.map(bracketed).join('.')}`
    }
    case 'subquery':
    case 'variable':
    case 'global-variable':
    case 'at-time-zone':
      throw new Unprintable()
    default:
      return predicateText(node, outer)
  }
}

function literalText({ literalType, text }: Literal): string {
  switch (literalType) {
    case 'null':
      return 'NULL'
    case 'string':
      return `'${text.replaceAll("'", "''")}'`
    case 'unicode-string':
      return `N'${text.replaceAll("'", "''")}'`
    case 'binary':
      return `0x${text}`
    case 'integer':
    case 'decimal':
    case 'float':
    case 'money':
      return `(${literalType === 'money' ? '$' : ''}${text})`
    default:
      throw new Unprintable()
  }
}

function bracketed(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}

function signed(node: Extract<Expression, { kind: 'unary' }>, outer: number): string {
  const { operator, operand } = node
  if (operator === '+') return print(operand, outer)
  // The sign of a number is within its parentheses.
  if (operator === '-' && operand.kind === 'literal') {
    return literalText(operand).replace('(', '(-')
  }
  return `${operator}${print(operand, LEVELS.sign)}`
}

function binaryText(node: Extract<Expression, { kind: 'binary' }>, outer: number): string {
  const { operator, left, right } = node
  const level = ['*', '/', '%'].includes(operator) ? LEVELS.product : LEVELS.sum
  const text = `${print(left, level)}${operator}${print(right, level + 1)}`
  return enclosed(text, level < outer)
}

function enclosed(text: string, isNeeded: boolean): string {
  return isNeeded ? `(${text})` : text
}

function callText(node: FunctionCall): string {
  const { schema, name, star, distinct, over, withinGroup, keyword } = node
  if (star || distinct || over !== undefined || withinGroup !== undefined) throw new Unprintable()
  const args = node.arguments.map((argument) => print(argument, 0))
  if (keyword !== undefined) args.unshift(keyword.toLowerCase())
  if (schema !== '') return `${bracketed(schema)}.${bracketed(name)}(${args.join(',')})`
  if (name.toUpperCase() === 'CURRENT_TIMESTAMP') return 'getdate()'
  if (NILADIC.has(name.toUpperCase())) return `${name.toLowerCase()}()`
  return `${name.toLowerCase()}(${args.join(',')})`
}

/** Written without parentheses, and kept with them. */
const NILADIC: ReadonlySet<string> = new Set([
  'CURRENT_USER',
  'SESSION_USER',
  'SYSTEM_USER',
  'USER',
])

function typeText({ schema, name, arguments: args }: TypeName): string {
  const qualified = schema === '' ? bracketed(name) : `${bracketed(schema)}.${bracketed(name)}`
  const written = schema === '' ? bracketed(name.toLowerCase()) : qualified
  return args.length === 0 ? written : `${written}(${args.join(',')})`
}

function caseText({ input, branches, otherwise }: Extract<Expression, { kind: 'case' }>): string {
  const words = ['case']
  if (input !== undefined) words.push(print(input, 0))
  for (const { when, then } of branches) {
    words.push('when', print(when, 0), 'then', print(then, 0))
  }
  if (otherwise !== undefined) words.push('else', print(otherwise, 0))
  return `${words.join(' ')} end`
}

function predicateText(node: Predicate, outer: number): string {
  switch (node.kind) {
    case 'comparison':
      return comparison(node.left, node.operator, node.right)
    case 'logical': {
      const level = LEVELS[node.operator]
      const word = node.operator.toUpperCase()
      const text = `${print(node.left, level)} ${word} ${print(node.right, level)}`
      return enclosed(text, level < outer)
    }
    case 'not':
      return `NOT ${print(node.operand, LEVELS.not)}`
    case 'is-null':
      return `${print(node.operand, LEVELS.sum)} IS ${node.negated ? 'NOT ' : ''}NULL`
    case 'between':
      return betweenText(node, outer)
    case 'in':
      return inText(node, outer)
    case 'like': {
      const text = `${print(node.operand, LEVELS.sum)} like ${print(node.pattern, LEVELS.sum)}`
      const suffix = node.escape === undefined ? '' : ` escape ${print(node.escape, LEVELS.sum)}`
      return node.negated ? `NOT ${text}${suffix}` : `${text}${suffix}`
    }
    default:
      throw new Unprintable()
  }
}

function comparison(left: Expression, operator: string, right: Expression): string {
  return `${print(left, LEVELS.sum)}${operator}${print(right, LEVELS.sum)}`
}

function betweenText(node: Extract<Predicate, { kind: 'between' }>, outer: number): string {
  const { operand, low, high, negated } = node
  const text = `${comparison(operand, '>=', low)} AND ${comparison(operand, '<=', high)}`
  if (negated) return `NOT (${text})`
  return enclosed(text, LEVELS.and < outer)
}

/** The candidates come out in the opposite order. */
function inText(node: Extract<Predicate, { kind: 'in' }>, outer: number): string {
  const { operand, candidates, negated } = node
  if (!Array.isArray(candidates)) throw new Unprintable()
  const list: readonly Expression[] = candidates
  const text = list
    .toReversed()
    .map((candidate) => comparison(operand, '=', candidate))
    .join(' OR ')
  if (negated) return `NOT (${text})`
  return enclosed(text, LEVELS.or < outer && list.length > 1)
}
