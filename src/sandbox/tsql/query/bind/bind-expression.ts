import { SqlError } from '../../../sql-error.ts'
import type {
  CollateExpression,
  ColumnReference,
  Expression,
  GlobalVariableReference,
  Literal,
  NextValue,
  VariableReference,
} from '../../syntax/index.ts'
import { isCharacterType, literalOf } from '../../values/index.ts'
import type { Bound } from '../plan/bound.ts'
import type { Column } from '../plan/column.ts'
import { bindBinary, bindUnary } from './bind-arithmetic.ts'
import { bindAtTimeZone } from './bind-at-time-zone.ts'
import { bindCase } from './bind-case.ts'
import { bindCast } from './bind-cast.ts'
import { bindFunctionCall } from './bind-function.ts'
import { bindScalarSubquery } from './bind-subquery.ts'
import { EXPLICIT_COLLATION } from './collation.ts'
import { collationIdOf } from './collation-name.ts'
import type { Environment } from './environment.ts'
import { invalidColumn, unboundIdentifier } from './scope.ts'

/**
 * Resolves the names of an expression and settles its types.
 * @throws SqlError with the line of the part that is wrong
 */
export function bindExpression(node: Expression, environment: Environment): Bound {
  try {
    return bindNode(node, environment)
  } catch (error) {
    // Conversions and functions don't know where they were written.
    if (error instanceof SqlError && error.line === 1) error.line = node.line
    throw error
  }
}

function bindNode(node: Expression, environment: Environment): Bound {
  switch (node.kind) {
    case 'literal':
      return bindLiteral(node, environment)
    case 'column':
      return bindColumn(node, environment)
    case 'variable':
      return bindVariable(node, environment)
    case 'global-variable':
      return bindGlobalVariable(node, environment)
    case 'next-value':
      return bindNextValue(node, environment)
    case 'unary':
      return bindUnary(node, environment)
    case 'binary':
      return bindBinary(node, environment)
    case 'function':
      return bindFunctionCall(node, environment)
    case 'cast':
      return bindCast(node, environment)
    case 'case':
      return bindCase(node, environment)
    case 'subquery':
      return bindScalarSubquery(node, environment)
    case 'collate':
      return bindCollate(node, environment)
    case 'at-time-zone':
      return bindAtTimeZone(node, environment)
    default:
      throw new SqlError(102, 'Incorrect syntax near a condition where a value is expected.', {
        severity: 15,
        line: node.line,
      })
  }
}

function bindLiteral(node: Literal, { statement }: Environment): Bound {
  const { type, value } = literalOf(node, statement.collationId)
  return {
    kind: 'constant',
    type,
    value,
    isNullLiteral: node.literalType === 'null' || node.literalType === 'default',
    nullable: value === null,
  }
}

function bindColumn({ parts, line }: ColumnReference, { scope }: Environment): Bound {
  if (scope !== undefined) return columnNode(scope.resolve(parts, line), line)
  throw parts.length === 1 ? invalidColumn(parts[0] ?? '', line) : unboundIdentifier(parts, line)
}

export function columnNode(column: Column, line = 0): Bound {
  return { kind: 'column', column, line, type: column.type, nullable: column.nullable }
}

function bindVariable({ name, line }: VariableReference, { statement }: Environment): Bound {
  const argument = statement.names.findArgument?.(name)
  if (argument !== undefined) return argument
  const variable = statement.names.findVariable(name)
  if (variable === undefined) throw undeclaredVariable(name, line)
  return { kind: 'variable', variable, type: variable.type, nullable: true }
}

export function undeclaredVariable(name: string, line: number): SqlError {
  return new SqlError(137, `Must declare the scalar variable "${name}".`, {
    severity: 15,
    state: 2,
    line,
  })
}

/** A number for each row. */
function bindNextValue({ sequence }: NextValue, { statement }: Environment): Bound {
  const { host } = statement
  const { type, next } = host.findSequence(sequence, statement.database)
  return {
    kind: 'call',
    label: `NEXT VALUE FOR ${sequence.schema}.${sequence.name}`,
    operands: [],
    deterministic: false,
    evaluate: next,
    type,
    nullable: false,
  }
}

function bindGlobalVariable(
  { name, line }: GlobalVariableReference,
  { statement }: Environment,
): Bound {
  const bound = statement.names.findGlobal(name)
  if (bound === undefined) throw undeclaredVariable(name, line)
  return bound
}

function bindCollate(node: CollateExpression, environment: Environment): Bound {
  const operand = bindExpression(node.operand, environment)
  if (!isCharacterType(operand.type)) {
    throw new SqlError(447, `Expression type ${operand.type.name} is invalid for COLLATE clause.`, {
      line: node.line,
    })
  }
  const collationId = collationIdOf(node.collation, environment.statement, node.line)
  return {
    kind: 'unary',
    label: `${EXPLICIT_COLLATION}:${collationId}`,
    operand,
    evaluate: (value) => value,
    type: { ...operand.type, collationId },
    nullable: operand.nullable,
  }
}
