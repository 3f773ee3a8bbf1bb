import type { SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import { type ConvertOptions, canConvert, commonType, convert } from '../../values/index.ts'
import type { Bound, BoundConstant } from '../plan/bound.ts'
import type { StatementContext } from './statement-context.ts'

/** Whether values of the one type are values of the other as they are. */
function isSameType(a: SqlType, b: SqlType): boolean {
  return (
    a.name === b.name &&
    a.maxLength === b.maxLength &&
    a.precision === b.precision &&
    a.scale === b.scale
  )
}

export function isNullLiteral(node: Bound): boolean {
  return node.kind === 'constant' && node.isNullLiteral
}

/**
 * The expression as a value of `type`, as an assignment or an operator would convert it.
 * @throws SqlError 206, 257 when SQL Server does not convert unasked
 */
export function convertTo(node: Bound, type: SqlType, statement: StatementContext): Bound {
  if (isNullLiteral(node)) return nullOf(type)
  if (isSameType(node.type, type)) return withCollation(node, type)
  if (!canConvert(node.type, type, 'implicit')) throw cannotConvert(node.type, type)
  return conversion(node, type, optionsOf(statement))
}

export function nullOf(type: SqlType): BoundConstant {
  return { kind: 'constant', value: null, isNullLiteral: false, type, nullable: true }
}

function withCollation(node: Bound, type: SqlType): Bound {
  return node.type.collationId === type.collationId ? node : retyped(node, type)
}

/** The same value under another type that has the same representation. */
export function retyped(node: Bound, type: SqlType): Bound {
  if (node.kind === 'constant') return { ...node, type }
  return {
    kind: 'unary',
    label: `collation:${type.collationId}`,
    operand: node,
    evaluate: (value) => value,
    type,
    nullable: node.nullable,
  }
}

export function optionsOf({ host }: StatementContext): ConvertOptions {
  const dateFormat = host.session.options.get('DATEFORMAT')
  return typeof dateFormat === 'string' ? { dateFormat } : {}
}

/** A conversion that exists; literals are converted now unless that fails, which is for run time. */
export function conversion(node: Bound, type: SqlType, options: ConvertOptions): Bound {
  const from = node.type
  if (node.kind === 'constant') {
    const folded = foldConversion(node, type, options)
    if (folded !== undefined) return folded
  }
  return {
    kind: 'unary',
    label: `convert:${typeKey(type)}:${options.style ?? ''}`,
    operand: node,
    evaluate: (value) => (value === null ? null : convert(value, from, type, options)),
    type,
    nullable: node.nullable,
  }
}

function foldConversion(
  node: BoundConstant,
  type: SqlType,
  options: ConvertOptions,
): Bound | undefined {
  try {
    const value = node.value === null ? null : convert(node.value, node.type, type, options)
    return { ...node, value, type, isNullLiteral: false }
  } catch (error) {
    if (error instanceof SqlError) return undefined
    throw error
  }
}

export function typeKey(type: SqlType): string {
  return `${type.name}(${type.maxLength},${type.precision},${type.scale},${type.collationId})`
}

function cannotConvert(from: SqlType, to: SqlType): SqlError {
  if (canConvert(from, to, 'explicit')) {
    return new SqlError(
      257,
      `Implicit conversion from data type ${from.name} to ${to.name} is not allowed. Use the CONVERT function to run this query.`,
      { state: 3 },
    )
  }
  return new SqlError(206, `Operand type clash: ${from.name} is incompatible with ${to.name}`, {
    state: 2,
  })
}

/** The type of CASE, COALESCE, UNION and IN over these operands; bare NULLs have no say. */
export function commonTypeOf(nodes: readonly Bound[]): SqlType {
  return commonType(nodes.filter((node) => !isNullLiteral(node)).map(({ type }) => type))
}
