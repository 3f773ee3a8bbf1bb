import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { ComparisonOperator } from '../../syntax/index.ts'
import { compareValues, compileLike, hashKeyOf, isUnicodeType } from '../../values/index.ts'
import type { BoundInList, BoundLike, BoundPredicate } from '../plan/bound.ts'
import type { Row } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import { type CompileContext, compileExpression } from './compile-expression.ts'
import { compileExists, compileInQuery, compileQuantified } from './compile-subquery.ts'

/** Three-valued logic: null is unknown. */
export type Truth = boolean | null
export type Test = (row: Row, run: Run) => Truth
export type CompareTest = (left: SqlValue, right: SqlValue) => Truth

/** Turns a bound condition into a function of a row. */
export function compilePredicate(node: BoundPredicate, context: CompileContext): Test {
  switch (node.kind) {
    case 'truth': {
      const { value } = node
      return () => value
    }
    case 'comparison': {
      const left = compileExpression(node.left, context)
      const right = compileExpression(node.right, context)
      const compare = comparisonTest(node.operator, node.type)
      return (row, run) => compare(left(row, run), right(row, run))
    }
    case 'and':
      return conjunction(node.operands.map((operand) => compilePredicate(operand, context)))
    case 'or':
      return disjunction(node.operands.map((operand) => compilePredicate(operand, context)))
    case 'not': {
      const operand = compilePredicate(node.operand, context)
      return (row, run) => not(operand(row, run))
    }
    case 'is-null': {
      const operand = compileExpression(node.operand, context)
      return (row, run) => operand(row, run) === null
    }
    case 'same': {
      const left = compileExpression(node.left, context)
      const right = compileExpression(node.right, context)
      const equals = comparisonTest('=', node.type)
      return (row, run) => {
        const a = left(row, run)
        const b = right(row, run)
        return a === null || b === null ? a === b : equals(a, b)
      }
    }
    case 'like':
      return compileLikeTest(node, context)
    case 'in-list':
      return compileInList(node, context)
    case 'exists':
      return compileExists(node.plan, context)
    case 'in-query':
      return compileInQuery(node, context)
    case 'quantified':
      return compileQuantified(node, context)
  }
}

function not(truth: Truth): Truth {
  return truth === null ? null : !truth
}

function conjunction(tests: readonly Test[]): Test {
  return (row, run) => {
    let result: Truth = true
    for (const test of tests) {
      const truth = test(row, run)
      if (truth === false) return false
      if (truth === null) result = null
    }
    return result
  }
}

function disjunction(tests: readonly Test[]): Test {
  return (row, run) => {
    let result: Truth = false
    for (const test of tests) {
      const truth = test(row, run)
      if (truth === true) return true
      if (truth === null) result = null
    }
    return result
  }
}

/** Compares two values of `type`; unknown when one is NULL. */
export function comparisonTest(operator: ComparisonOperator, type: SqlType): CompareTest {
  const holds = COMPARISONS[operator]
  return (left, right) =>
    left === null || right === null ? null : holds(compareValues(left, right, type))
}

const COMPARISONS: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** Beyond this many literals a hash set beats comparing one by one. */
const HASHED_LIST_LENGTH = 8

function compileInList(node: BoundInList, context: CompileContext): Test {
  const operand = compileExpression(node.operand, context)
  const candidates = node.candidates.map((candidate) => compileExpression(candidate, context))
  const constants = node.candidates.map((candidate) =>
    candidate.kind === 'constant' ? candidate.value : undefined,
  )
  if (constants.length > HASHED_LIST_LENGTH && !constants.includes(undefined)) {
    const keys = new Set(
      constants
        .filter((value) => value !== null && value !== undefined)
        .map((value) => hashKeyOf(value, node.type)),
    )
    const missing = constants.includes(null) ? null : false
    return (row, run) => {
      const value = operand(row, run)
      if (value === null) return null
      return keys.has(hashKeyOf(value, node.type)) ? true : missing
    }
  }
  const equals = comparisonTest('=', node.type)
  return (row, run) => {
    const value = operand(row, run)
    let result: Truth = false
    for (const candidate of candidates) {
      const truth = equals(value, candidate(row, run))
      if (truth === true) return true
      if (truth === null) result = null
    }
    return result
  }
}

function compileLikeTest(node: BoundLike, context: CompileContext): Test {
  const operand = compileExpression(node.operand, context)
  const pattern = compileExpression(node.pattern, context)
  // In char and varchar, trailing blanks of the text need no counterpart in the pattern.
  const ignoresBlanks = !isUnicodeType(node.operand.type)
  const escapeWith = node.escape === undefined ? undefined : compileExpression(node.escape, context)
  let matcher: ((text: string) => boolean) | undefined
  let lastPattern: SqlValue = null
  let lastEscape: SqlValue | undefined
  return (row, run) => {
    const text = operand(row, run)
    const patternText = pattern(row, run)
    const escapeText = escapeWith?.(row, run)
    if (text === null || patternText === null || escapeText === null) return null
    if (matcher === undefined || patternText !== lastPattern || escapeText !== lastEscape) {
      matcher = compileLike(`${patternText}`, escapeCharacter(escapeText), node.collationId)
      lastPattern = patternText
      lastEscape = escapeText
    }
    return matcher(`${text}`) || (ignoresBlanks && matcher(`${text}`.replace(/ +$/, '')))
  }
}

function escapeCharacter(written: SqlValue | undefined): string | undefined {
  if (written === undefined) return undefined
  const text = `${written}`
  if (text.length === 1) return text
  throw new SqlError(
    506,
    `The invalid escape character "${text}" was specified in a LIKE predicate.`,
    { severity: 16 },
  )
}
