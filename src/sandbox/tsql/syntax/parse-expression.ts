import type { BinaryExpression, Expression } from './ast.ts'
import { parseIdentifier } from './parse-name.ts'
import { parsePredicateTail } from './parse-predicate.ts'
import { parsePrimary } from './parse-primary.ts'
import { conditionExpected, nestedTooDeeply } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

/**
 * How tightly operators bind ("Operator Precedence (Transact-SQL)"); one scale for conditions and
 * values, so `(` needs no guess about what it opens.
 */
const PRECEDENCE = {
  or: 1,
  and: 2,
  not: 3,
  predicate: 4,
  additive: 5,
  multiplicative: 6,
  postfix: 7,
} as const

const INFIX: ReadonlyMap<string, number> = new Map([
  ['OR', PRECEDENCE.or],
  ['AND', PRECEDENCE.and],
  ...['=', '<>', '!=', '<', '<=', '>', '>=', '!<', '!>', 'IS', 'IN', 'LIKE', 'BETWEEN', 'NOT'].map(
    (key) => [key, PRECEDENCE.predicate] as const,
  ),
  ...['+', '-', '&', '|', '^'].map((key) => [key, PRECEDENCE.additive] as const),
  ...['*', '/', '%'].map((key) => [key, PRECEDENCE.multiplicative] as const),
  ['COLLATE', PRECEDENCE.postfix],
  ['AT', PRECEDENCE.postfix],
])

const PREDICATE_KINDS = new Set<Expression['kind']>([
  'comparison',
  'logical',
  'not',
  'is-null',
  'is-distinct',
  'between',
  'in',
  'like',
  'exists',
  'quantified',
])

/** `a + b + c + …` is a tree as deep as it is long; longer ones would overflow whoever walks it. */
const MAX_CHAIN_LENGTH = 1000

/** A value: what SELECT lists, function arguments and operands are. */
export function parseValue(cursor: TokenCursor): Expression {
  return parseOperand(cursor, PRECEDENCE.additive)
}

/**
 * A condition: WHERE, HAVING, ON, IF, WHEN.
 * @throws SqlError 4145 for a value
 */
export function parseCondition(cursor: TokenCursor): Expression {
  return requireCondition(cursor, parseOperand(cursor, PRECEDENCE.or))
}

/** A condition or a value. */
export function parseAnyExpression(cursor: TokenCursor): Expression {
  return parseOperand(cursor, PRECEDENCE.or)
}

export function parseValueList(cursor: TokenCursor): Expression[] {
  const values = [parseValue(cursor)]
  while (cursor.accept(',')) values.push(parseValue(cursor))
  return values
}

/** Precedence climbing: takes operators that bind at least as tightly as `minimum`. */
function parseOperand(cursor: TokenCursor, minimum: number): Expression {
  cursor.enter()
  let left = parsePrefix(cursor, minimum)
  for (let length = 0; ; length++) {
    const precedence = INFIX.get(cursor.token.key) ?? 0
    if (precedence === 0 || precedence < minimum || !isInfixHere(cursor)) break
    if (length > MAX_CHAIN_LENGTH) throw nestedTooDeeply(cursor.line)
    left = parseInfix(cursor, left, precedence)
  }
  cursor.leave()
  return left
}

function parsePrefix(cursor: TokenCursor, minimum: number): Expression {
  const { key, line } = cursor.token
  switch (key) {
    case '+':
    case '-':
      cursor.advance()
      // The sign binds more loosely than *: -100.0/-100.0*10.0 is 0.1.
      return {
        kind: 'unary',
        operator: key,
        operand: parseOperand(cursor, PRECEDENCE.multiplicative),
        line,
      }
    case '~':
      cursor.advance()
      return {
        kind: 'unary',
        operator: key,
        operand: parseOperand(cursor, PRECEDENCE.postfix),
        line,
      }
    case 'NOT': {
      if (minimum > PRECEDENCE.not) cursor.fail()
      cursor.advance()
      const operand = requireCondition(cursor, parseOperand(cursor, PRECEDENCE.not))
      return { kind: 'not', operand, line }
    }
    default:
      return parsePrimary(cursor, { isConditionAllowed: minimum < PRECEDENCE.additive })
  }
}

/** `AT` is also an ordinary name, and NOT stands before LIKE, IN and BETWEEN only. */
function isInfixHere(cursor: TokenCursor): boolean {
  switch (cursor.token.key) {
    case 'AT':
      return cursor.atSequence('AT', 'TIME', 'ZONE')
    case 'NOT':
      return ['LIKE', 'IN', 'BETWEEN'].includes(cursor.peek().key)
    default:
      return true
  }
}

function parseInfix(cursor: TokenCursor, left: Expression, precedence: number): Expression {
  if (precedence <= PRECEDENCE.and) return parseLogical(cursor, left, precedence)
  if (isPredicate(left)) cursor.fail()
  switch (precedence) {
    case PRECEDENCE.predicate:
      return parsePredicateTail(cursor, left)
    case PRECEDENCE.postfix:
      return parsePostfix(cursor, left)
    default:
      return parseArithmetic(cursor, left, precedence)
  }
}

function parseArithmetic(cursor: TokenCursor, left: Expression, precedence: number): Expression {
  const { key, line } = cursor.advance()
  const right = parseOperand(cursor, precedence + 1)
  // INFIX gives these precedences to these operators only.
  return { kind: 'binary', operator: key as BinaryExpression['operator'], left, right, line }
}

function parsePostfix(cursor: TokenCursor, operand: Expression): Expression {
  const { line } = cursor.token
  if (cursor.accept('COLLATE')) {
    return { kind: 'collate', operand, collation: parseIdentifier(cursor), line }
  }
  cursor.expect('AT', 'TIME', 'ZONE')
  return { kind: 'at-time-zone', operand, zone: parsePrimary(cursor), line }
}

/** A whole chain of one operator at once, so the tree can be made flat: see `balanced`. */
function parseLogical(cursor: TokenCursor, first: Expression, precedence: number): Expression {
  const { key, line } = cursor.token
  const operands = [requireCondition(cursor, first)]
  while (cursor.accept(key)) {
    operands.push(requireCondition(cursor, parseOperand(cursor, precedence + 1)))
  }
  return balanced(operands, key === 'AND' ? 'and' : 'or', line)
}

/**
 * AND and OR are associative, so thousands of them (generated queries) become a tree of a depth that
 * can be walked. The order of the operands stays.
 */
function balanced(
  operands: readonly Expression[],
  operator: 'and' | 'or',
  line: number,
): Expression {
  const [only] = operands
  if (only !== undefined && operands.length === 1) return only
  const middle = Math.ceil(operands.length / 2)
  return {
    kind: 'logical',
    operator,
    left: balanced(operands.slice(0, middle), operator, line),
    right: balanced(operands.slice(middle), operator, line),
    line,
  }
}

function requireCondition(cursor: TokenCursor, expression: Expression): Expression {
  if (!isPredicate(expression)) throw conditionExpected(cursor.token, cursor.previous)
  return expression
}

function isPredicate(expression: Expression): boolean {
  return PREDICATE_KINDS.has(expression.kind)
}
