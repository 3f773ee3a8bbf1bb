import type { SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { Expression } from '../../syntax/index.ts'
import { isClrType, isLargeObjectType } from '../../values/index.ts'
import type { Bound } from '../plan/bound.ts'
import { bindExpression } from './bind-expression.ts'
import type { Environment } from './environment.ts'

/** @throws SqlError 306 (text, ntext, image), 305 (xml), 249 (other types without an order) */
export function checkSortable(type: SqlType, line: number): void {
  if (isLargeObjectType(type)) {
    throw new SqlError(
      306,
      'The text, ntext, and image data types cannot be compared or sorted, except when using IS NULL or LIKE operator.',
      { state: 2, line },
    )
  }
  if (type.name === 'xml') {
    throw new SqlError(
      305,
      'The xml data type cannot be compared or sorted, except when using the IS NULL operator.',
      { line },
    )
  }
  if (isClrType(type) && type.name !== 'hierarchyid') {
    throw new SqlError(
      249,
      `The type "${type.name}" is not comparable. It cannot be used in the ORDER BY clause.`,
      { line },
    )
  }
}

/** ORDER BY of OVER, where a constant is an error: 5308 and 5309. */
export function bindOrderExpression(node: Expression, environment: Environment): Bound {
  const bound = bindExpression(node, environment)
  checkSortable(bound.type, node.line)
  if (bound.kind !== 'constant') return bound
  const isIndex = node.kind === 'literal' && node.literalType === 'integer'
  throw new SqlError(
    isIndex ? 5308 : 5309,
    `Windowed functions, aggregates and NEXT VALUE FOR functions do not support ${isIndex ? 'integer indices' : 'constants'} as ORDER BY clause expressions.`,
    { line: node.line },
  )
}
